import { randomBytes } from 'node:crypto';
import { access, constants } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DiskPort, DiskSpeed } from '../diagnosis/checks/ports.ts';
import { checkPlacement, type FileSystem } from '../library/index.ts';
import type { Finding } from '../shared/finding.ts';
import { diskKind } from './disk-kind.ts';
import { freeWithPurgeable } from './mac-free-space.ts';
import { once } from './once.ts';

/** Written to measure a disk, at most: so many small files, and so many bytes in so many ms, so often. */
const probe = { block: 1 << 19, bytes: 8 << 20, ms: 1000, files: 3, tries: 3 } as const;
/** Bytes a second, and ms for a small file: no doubt about such a disk. */
const fast = { rate: 20_000_000, ms: 50 } as const;

/** The place of the library for the checks; makes nothing but probes, which it removes, and not even these unless it may. */
export function diskPort(folder: string, fs: FileSystem, mayWrite: boolean): DiskPort {
  const state = once(() => stateOf(folder, fs));
  /** A folder that is still to be made will be what the one around it is. */
  const place = async (): Promise<string> => ((await state()) === 'there' ? folder : dirname(folder));
  return {
    folder,
    state,
    placement: once(async () => [...(await checkPlacement(fs, await place(), process.platform, mayWrite)), ...(mayWrite ? [] : await rightsTo(await place()))]),
    free: once(async () => Number(await fs.freeSpace(await place()))),
    freeWithPurgeable: once(async () => await freeWithPurgeable(await place())),
    kind: once(async () => await diskKind(await place())),
    speed: once(async () => await bestOfTries(await place(), fs)),
  };
}

/** `stat` does not follow a last link, which the folder may be. */
async function stateOf(folder: string, fs: FileSystem): ReturnType<DiskPort['state']> {
  if (await fs.stat(folder)) return 'there';
  return (await fs.stat(dirname(folder))) ? 'creatable' : 'missing';
}

/** Without writing: whether this program may. */
async function rightsTo(folder: string): Promise<Finding[]> {
  try {
    await access(folder, constants.R_OK | constants.W_OK);
    return [];
  } catch (error) {
    return [{ code: 'library.read-only', severity: 'blocker', facts: { folder, error: (error as NodeJS.ErrnoException).code ?? 'unknown' } }];
  }
}

/** A disk, or a computer, that only happens to be busy is fast at another try. */
async function bestOfTries(folder: string, fs: FileSystem): Promise<DiskSpeed> {
  let best: DiskSpeed = { rate: 0, ms: Infinity };
  for (let tries = 0; tries < probe.tries && !isFast(best); tries++) {
    const { rate, ms } = await measure(folder, fs);
    best = { rate: Math.max(best.rate, rate), ms: Math.min(best.ms, ms) };
  }
  return best;
}

const isFast = ({ rate, ms }: DiskSpeed): boolean => rate > fast.rate && ms < fast.ms;

async function makeAndRemove(path: string, fs: FileSystem): Promise<void> {
  await fs.writeFileAtomically(path, Buffer.alloc(1));
  await fs.remove(path);
}

async function measure(folder: string, fs: FileSystem): Promise<DiskSpeed> {
  const path = join(folder, `.probe-${randomBytes(4).toString('hex')}`);
  try {
    let ms = Infinity;
    for (let files = 0; files < probe.files && ms > fast.ms; files++) ms = Math.min(ms, await timed(() => makeAndRemove(path, fs)));
    return { rate: await bestRate(path, fs), ms };
  } finally {
    await fs.remove(path).catch(() => undefined);
  }
}

/** Of the fastest block: all are slow on a slow disk, and some on a computer that has other work. */
async function bestRate(path: string, fs: FileSystem): Promise<number> {
  const file = await fs.open(path, 'create');
  const block = randomBytes(probe.block);
  const end = performance.now() + probe.ms;
  let fastest = Infinity;
  try {
    for (let bytes = 0; bytes < probe.bytes && performance.now() < end; bytes += block.length) {
      const ms = await timed(async () => {
        await file.write(block);
        await file.sync();
      });
      fastest = Math.min(fastest, ms);
    }
  } finally {
    await file.close();
  }
  return (block.length * 1000) / Math.max(0.1, fastest);
}

/** Ms. */
async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
