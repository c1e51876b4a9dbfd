/*
 * How fast a draft takes files, without a phone: `node bench/receive-micro.ts <folder> [files] [bytes]`.
 * Prints files and MiB a second until everything is written, processor time, and the longest time the receiving thread was held up.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Library } from '../src/library/index.ts';

const [parent = '/tmp', count = '20000', size = '16384'] = process.argv.slice(2);
const udid = '00008110-001A18D40EFB801E';
const chunk = randomBytes(32_767);

const root = mkdtempSync(join(parent, 'receive-'));
try {
  const library = await Library.open(root);
  const draft = await library.startDraft({ udid, deviceName: '', productType: undefined, iosVersion: undefined, isForcedFull: true, isEncrypted: false });
  const ids = Array.from({ length: Number(count) }, () => randomBytes(20).toString('hex'));
  for (let shard = 0; shard < 256; shard++) await draft.folder.createDirectory(`${udid}/Snapshot/${shard.toString(16).padStart(2, '0')}`);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const cpu = process.cpuUsage();
  const start = performance.now();
  for (const id of ids) await receive(id);
  await draft.folder.drain();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const moves = ids.map((id) => [`${udid}/Snapshot/${id.slice(0, 2)}/${id}`, `${udid}/${id.slice(0, 2)}/${id}`] as const);
  const moveStart = performance.now();
  for (let at = 0; at < moves.length; at += 128) await draft.folder.moveAll(moves.slice(at, at + 128));
  const moveSeconds = (performance.now() - moveStart) / 1000;
  const rate = (Number(count) * Number(size)) / seconds / 2 ** 20;
  console.log(`${(Number(count) / seconds).toFixed(0)} files/s, ${((user + system) / Number(count)).toFixed(1)} µs of processor each, ${rate.toFixed(0)} MiB/s, moves ${(moves.length / moveSeconds).toFixed(0)}/s, longest delay ${(delay.max / 1e6).toFixed(1)} ms`);
  await draft.close();

  async function receive(id: string): Promise<void> {
    const writer = draft.folder.write(`${udid}/Snapshot/${id.slice(0, 2)}/${id}`);
    for (let left = Number(size); left > 0; left -= chunk.length) {
      const wait = writer.write(left < chunk.length ? chunk.subarray(0, left) : chunk);
      if (wait) await wait;
    }
    const wait = writer.finish();
    if (wait) await wait;
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}
