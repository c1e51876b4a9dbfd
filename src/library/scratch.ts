import { randomBytes } from 'node:crypto';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LibraryContext } from './context.ts';
import { isRefusal } from './disk-error.ts';
import type { FileSystem } from './file-system.ts';

const scratchName = '.scratch';
const owned = `${hostname().replaceAll(/[^A-Za-z0-9]/g, '')}-${process.pid}-`;

/** Beside the folders of all other programs: what is ours there tells it by its name. */
const elsewhere = 'iphone-backup-';

/**
 * A new private folder for what must not outlive this process, such as a decrypted manifest. Its user removes it. It is the
 * system's own where the library cannot be written to: such a one can still be read, verified and restored.
 */
export async function makeScratch(context: LibraryContext): Promise<string> {
  const root = join(context.layout.root, scratchName);
  const name = owned + randomBytes(8).toString('hex');
  try {
    await context.fs.makeDirectory(root);
    return await make(context, join(root, name));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return await make(context, join(tmpdir(), elsewhere + name));
  }
}

async function make({ fs }: LibraryContext, path: string): Promise<string> {
  await fs.makeDirectory(path);
  if (fs.isNative) removeAtExit(path, fs);
  return path;
}

const made = new Map<string, FileSystem>();

/** A process that is ended at once takes decrypted manifests along; one that is killed leaves them to the next. */
function removeAtExit(path: string, fs: FileSystem): void {
  if (made.size === 0) process.once('exit', removeMade);
  made.set(path, fs);
}

function removeMade(): void {
  for (const [path, { blocking }] of made) {
    try {
      blocking.removeTree(path);
    } catch {
      // The next start removes it.
    }
  }
}

/**
 * Removes what dead processes of this computer left in the library. The system's temporary folder is left to the system: it is
 * shared with others, who could have us delete along a path of theirs.
 */
export async function sweepScratch({ fs, layout }: LibraryContext): Promise<void> {
  const root = join(layout.root, scratchName);
  for (const { name } of await fs.readDirectory(root)) {
    const [host, pid] = name.split('-');
    if (host !== owned.split('-')[0] || isAlive(Number(pid))) continue;
    await fs.removeTree(join(root, name)).catch((error: unknown) => {
      if (!isRefusal(error)) throw error;
    });
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
