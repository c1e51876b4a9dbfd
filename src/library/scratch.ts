import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { LibraryContext } from './context.ts';

const scratchName = '.scratch';
const owned = `${hostname().replaceAll(/[^A-Za-z0-9]/g, '')}-${process.pid}-`;

/** A new private folder for what must not outlive this process, such as a decrypted manifest. Its user removes it. */
export async function makeScratch(context: LibraryContext): Promise<string> {
  const root = join(context.layout.root, scratchName);
  await context.fs.makeDirectory(root);
  const path = join(root, owned + randomBytes(4).toString('hex'));
  await context.fs.makeDirectory(path);
  return path;
}

/** Removes what dead processes of this computer left. */
export async function sweepScratch(context: LibraryContext): Promise<void> {
  const root = join(context.layout.root, scratchName);
  for (const { name } of await context.fs.readDirectory(root)) {
    const [host, pid] = name.split('-');
    if (host === owned.split('-')[0] && !isAlive(Number(pid))) await context.fs.removeTree(join(root, name));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
