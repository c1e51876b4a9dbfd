import assert from 'node:assert/strict';
import { join } from 'node:path';
import { encryptedOnly } from '../../src/virtual-iphone/content/domains.ts';
import { createContent } from '../../src/virtual-iphone/content/index.ts';
import { assertSameFiles, udidOf, Workbench } from './support/idevicebackup2.ts';

describe('a virtual iPhone with the content of a backup that idevicebackup2 made', function () {
  this.timeout(180_000);
  let bench: Workbench;
  beforeEach(() => {
    bench = new Workbench();
  });
  afterEach(() => bench.close());

  const original = () => createContent({ kind: 'tiny' }, { seed: 1, ios: '18.5', productType: 'iPhone16,1', language: 'en', clock: new Date('2026-01-01T00:00:00Z') });

  it('is backed up again with equal files, from a plain one', async () => {
    const first = await bench.phone({ content: original() });
    await bench.backup(first, '--full');
    const second = await bench.phone({ seed: 2, content: { kind: 'backup', folder: join(bench.folder, udidOf(first)) } });
    await bench.backup(second, '--full');
    assertSameFiles(bench.content(second), original(), encryptedOnly);
  });

  it('is backed up again with equal files, from an encrypted one, under another password', async () => {
    const first = await bench.phone({ content: original() });
    first.phone.agentMemory.backupPassword = 'first';
    await bench.backup(first, '--full');
    const folder = join(bench.folder, udidOf(first));
    const second = await bench.phone({ seed: 2, content: { kind: 'backup', folder, password: 'first' } });
    second.phone.agentMemory.backupPassword = 'second';
    await bench.backup(second, '--full');
    assertSameFiles(bench.content(second, 'second'), original());
  });

  it('is refused with a wrong password', async () => {
    const first = await bench.phone();
    first.phone.agentMemory.backupPassword = 'first';
    await bench.backup(first, '--full');
    const content = { kind: 'backup', folder: join(bench.folder, udidOf(first)), password: 'other' } as const;
    await assert.rejects(bench.phone({ seed: 2, content }), { name: 'BackupContentError', fault: 'password' });
  });
});
