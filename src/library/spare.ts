import { basename, dirname, join } from 'node:path';
import type { AppleFolder } from './apple-folder.ts';
import { ownFiles } from './clone.ts';
import type { LibraryContext } from './context.ts';

/**
 * Copies of the newest backup's plists and manifest, keybag included, beside the entries: without the manifest no file of a
 * backup has a name, without the keybag no encrypted one can ever be read. Only the newest backup's are kept,
 * and the newest complete one's.
 * The caller makes them durable.
 */
export async function keepSpare(context: LibraryContext, udid: string, id: string, entry: string): Promise<void> {
  const { fs, layout } = context;
  const spare = layout.spare(udid);
  await fs.makeDirectory(spare);
  await fs.removeTree(join(spare, id));
  await fs.makeDirectory(join(spare, id));
  for (const name of ownFiles) {
    const from = join(entry, udid, name);
    if (await fs.stat(from)) await fs.copyFile(from, join(spare, id, name));
  }
}

export async function dropOlderSpares(context: LibraryContext, udid: string, ...ids: readonly string[]): Promise<void> {
  const spare = context.layout.spare(udid);
  for (const { name } of await context.fs.readDirectory(spare)) if (!ids.includes(name)) await context.fs.removeTree(join(spare, name));
}

/** Copies of files that an entry's Apple folder has lost, by name. */
export async function spareFiles(context: LibraryContext, apple: Pick<AppleFolder, 'path' | 'udid'>): Promise<Map<string, string>> {
  const spare = join(context.layout.spare(apple.udid), basename(dirname(apple.path)));
  const found = new Map<string, string>();
  for (const name of ownFiles) {
    const isLost = (await context.fs.stat(join(apple.path, name))) === undefined;
    if (isLost && (await context.fs.stat(join(spare, name)))) found.set(name, join(spare, name));
  }
  return found;
}
