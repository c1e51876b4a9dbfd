import assert from 'node:assert/strict';
import { join } from 'node:path';
import { encryptedOnly } from '../../src/virtual-iphone/content/domains.ts';
import { createContent } from '../../src/virtual-iphone/content/index.ts';
import { assertSameFiles, udidOf } from './support/idevicebackup2.ts';
import { sideBySide } from './support/side-by-side.ts';

describe('a virtual iPhone with the content of a backup that idevicebackup2 made', function () {
  this.timeout(180_000);
  const test = sideBySide();

  const original = () => createContent({ kind: 'tiny' }, { seed: 1, ios: '18.5', productType: 'iPhone16,1', language: 'en', clock: new Date('2026-01-01T00:00:00Z') });

  test('is backed up again with equal files, from a plain one', async (bench) => {
    const first = await bench.phone({ content: original() });
    await bench.backup(first, '--full');
    const second = await bench.phone({ seed: 2, content: { kind: 'backup', folder: join(bench.folder, udidOf(first)) } });
    await bench.backup(second, '--full');
    assertSameFiles(bench.content(second), original(), encryptedOnly);
  });

  test('is backed up again with equal files, from an encrypted one, under another password', async (bench) => {
    const first = await bench.phone({ content: original() });
    first.phone.agentMemory.backupPassword = 'first';
    await bench.backup(first, '--full');
    const folder = join(bench.folder, udidOf(first));
    const second = await bench.phone({ seed: 2, content: { kind: 'backup', folder, password: 'first' } });
    second.phone.agentMemory.backupPassword = 'second';
    await bench.backup(second, '--full');
    assertSameFiles(bench.content(second, 'second'), original());
  });

  test('is refused with a wrong password', async (bench) => {
    const first = await bench.phone();
    first.phone.agentMemory.backupPassword = 'first';
    await bench.backup(first, '--full');
    const content = { kind: 'backup', folder: join(bench.folder, udidOf(first)), password: 'other' } as const;
    await assert.rejects(bench.phone({ seed: 2, content }), { name: 'BackupContentError', fault: 'password' });
  });
});
