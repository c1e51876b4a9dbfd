import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { NodeFileSystem } from '../../../src/library/index.ts';
import { DeviceLock } from '../../../src/library/lock.ts';

/** Takes the lock, says so, and waits to be killed. */
const holderScript = `
import { NodeFileSystem } from ${JSON.stringify(new URL('../../../src/library/index.ts', import.meta.url).href)};
import { DeviceLock } from ${JSON.stringify(new URL('../../../src/library/lock.ts', import.meta.url).href)};
await DeviceLock.take(new NodeFileSystem(), process.argv[1]);
console.log('held');
setInterval(() => {}, 1000);
`;

describe('library: the lock of a device', () => {
  const fs = new NodeFileSystem();
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lock-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is held once in a process, and free after release', async () => {
    const lock = await DeviceLock.take(fs, folder);
    assert.equal((await DeviceLock.holder(fs, folder))?.pid, process.pid);
    await assert.rejects(DeviceLock.take(fs, folder), { code: 'host.locked' });
    await lock.release();
    assert.equal(await DeviceLock.holder(fs, folder), undefined);
    const again = await DeviceLock.take(fs, folder);
    assert.equal(again.abandonedBy, undefined);
    await again.release();
  });

  it('tells who holds it in another process, and is free when that is killed', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', holderScript, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await once(child.stdout, 'data');
      await assert.rejects(DeviceLock.take(fs, folder), (error: { code?: string; subject?: string }) => error.code === 'host.locked' && error.subject?.endsWith(`:${child.pid}`) === true);
    } finally {
      child.kill('SIGKILL');
    }
    await once(child, 'close');
    const lock = await DeviceLock.take(fs, folder);
    assert.equal(lock.abandonedBy?.pid, child.pid);
    await lock.release();
  });

  it('is free when its holder is dead, although another process has its number by now', async () => {
    const now = new Date().toISOString();
    for (const pid of [process.pid, process.ppid, 1]) {
      writeFileSync(join(folder, 'lock.json'), JSON.stringify({ host: hostname(), pid, since: now, heartbeat: now }));
      const lock = await DeviceLock.take(fs, folder);
      assert.equal(lock.abandonedBy?.pid, pid);
      await lock.release();
    }
  });

  it('says why it cannot be taken', async () => {
    const full = Object.assign(new NodeFileSystem(), { writeFileAtomically: () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })) });
    mkdirSync(join(folder, 'lock.sqlite'));
    await assert.rejects(DeviceLock.take(full, folder), { code: 'host.no-space' });
    await assert.rejects(DeviceLock.take(fs, folder), { code: 'host.io' });
    assert.equal(await DeviceLock.holder(fs, folder), undefined);
  });
});
