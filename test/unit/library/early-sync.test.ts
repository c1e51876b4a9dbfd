import assert from 'node:assert/strict';
import { EarlySync } from '../../../src/library/early-sync.ts';

const mebibyte = 1 << 20;

/** A disk whose calls end when the test says so. */
class SlowDisk {
  readonly calls: { resolve(): void; reject(error: Error): void }[] = [];

  syncAhead(_folder: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      this.calls.push({ resolve, reject });
      signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
    });
  }
}

describe('library: writing ahead of the barrier', () => {
  const begin = (signal = new AbortController().signal): { disk: SlowDisk; early: EarlySync } => {
    const disk = new SlowDisk();
    return { disk, early: new EarlySync(disk, '/draft', signal) };
  };

  it('begins after 64 MiB, one call at a time', async () => {
    const { disk, early } = begin();
    early.received(63 * mebibyte);
    assert.equal(disk.calls.length, 0);
    for (let megabytes = 0; megabytes < 200; megabytes++) early.received(mebibyte);
    assert.equal(disk.calls.length, 1);
    disk.calls[0]?.resolve();
    await early.settle();
    early.received(mebibyte);
    assert.equal(disk.calls.length, 2);
  });

  it('leaves an error of the disk to the barrier, and to every later one', async () => {
    const { disk, early } = begin();
    early.received(64 * mebibyte);
    disk.calls[0]?.reject(new Error('EIO'));
    await assert.rejects(early.settle(), /EIO/);
    await assert.rejects(early.settle(), /EIO/);
  });

  it('takes the end of a run for no error of the disk', async () => {
    const stop = new AbortController();
    const { early } = begin(stop.signal);
    early.received(64 * mebibyte);
    stop.abort();
    await early.settle();
  });
});
