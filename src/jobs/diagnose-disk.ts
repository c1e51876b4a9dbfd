import { randomBytes } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DiskPort, DiskSpeed } from '../diagnosis/checks/ports.ts';
import { checkPlacement, type FileSystem } from '../library/index.ts';
import { freeWithPurgeable } from './mac-free-space.ts';
import { once } from './once.ts';

/** Numbers of file systems as Linux tells them (statfs(2)). */
const kinds: ReadonlyMap<number, string> = new Map([
  [0x4d44, 'FAT'],
  [0x2011bab0, 'exFAT'],
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB'],
  [0x5346414f, 'AFS'],
]);

/** Written to measure a disk, at most: in so many bytes, or so many ms. */
const probe = { block: 1 << 18, bytes: 8 << 20, ms: 1500 } as const;

/** The place of the library for the checks; makes nothing but probes, which it removes. */
export function diskPort(folder: string, fs: FileSystem): DiskPort {
  const state = once(() => stateOf(folder, fs));
  /** A folder that is still to be made will be what the one around it is. */
  const place = async (): Promise<string> => ((await state()) === 'there' ? folder : dirname(folder));
  return {
    folder,
    state,
    placement: once(async () => await checkPlacement(fs, await place())),
    free: once(async () => Number(await fs.freeSpace(await place()))),
    freeWithPurgeable: once(async () => await freeWithPurgeable(await place())),
    kind: once(async () => kindOf(await place())),
    speed: once(async () => await bestOfTwo(await place(), fs)),
  };
}

/** `stat` does not follow a last link, which the folder may be. */
async function stateOf(folder: string, fs: FileSystem): ReturnType<DiskPort['state']> {
  if (await fs.stat(folder)) return 'there';
  return (await fs.stat(dirname(folder))) ? 'creatable' : 'missing';
}

async function kindOf(folder: string): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined;
  return kinds.get((await statfs(folder)).type);
}

/** A disk that only happens to be busy is fast at the second try. */
async function bestOfTwo(folder: string, fs: FileSystem): Promise<DiskSpeed> {
  const first = await measure(folder, fs);
  if (first.rate > 20_000_000 && first.ms < 50) return first;
  const second = await measure(folder, fs);
  return { rate: Math.max(first.rate, second.rate), ms: Math.min(first.ms, second.ms) };
}

async function measure(folder: string, fs: FileSystem): Promise<DiskSpeed> {
  const path = join(folder, `.probe-${randomBytes(4).toString('hex')}`);
  try {
    const started = performance.now();
    await fs.writeFileAtomically(path, Buffer.alloc(1));
    await fs.remove(path);
    const ms = performance.now() - started;
    return { rate: await writeRate(path, fs), ms };
  } finally {
    await fs.remove(path).catch(() => undefined);
  }
}

async function writeRate(path: string, fs: FileSystem): Promise<number> {
  const file = await fs.open(path, 'create');
  const block = randomBytes(probe.block);
  const started = performance.now();
  let bytes = 0;
  try {
    while (bytes < probe.bytes && performance.now() - started < probe.ms) {
      await file.write(block);
      await file.sync();
      bytes += block.length;
    }
  } finally {
    await file.close();
  }
  return (bytes * 1000) / Math.max(1, performance.now() - started);
}
