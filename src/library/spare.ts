import { basename, dirname, join } from 'node:path';
import type { AppleFolder } from './apple-folder.ts';
import { ownFiles } from './clone.ts';
import type { LibraryContext } from './context.ts';
import { entriesOf, isBase } from './entries.ts';

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

/** The newest entry and the newest complete one: those whose copies are kept. */
async function keepers(context: LibraryContext, udid: string): Promise<{ readonly id: string; readonly path: string }[]> {
  const entries = await entriesOf(context, udid);
  return [...new Set([entries[0], entries.find(isBase)])].filter((entry) => entry !== undefined);
}

/** After an entry came or went otherwise than by a backup: the newest has copies as well. */
export async function addSpares(context: LibraryContext, udid: string): Promise<void> {
  const { fs, layout } = context;
  const spare = layout.spare(udid);
  for (const { id, path } of await keepers(context, udid)) {
    if (await fs.stat(join(spare, id))) continue;
    // Under its name they are whole, whatever happens meanwhile.
    await keepSpare(context, udid, `${id}.new`, path);
    await fs.sync(join(spare, `${id}.new`));
    await fs.rename(join(spare, `${id}.new`), join(spare, id));
    await fs.syncFolder(spare);
  }
}

/** Copies of what is deleted for good go with it. */
export async function dropStraySpares(context: LibraryContext, udid: string): Promise<void> {
  await dropOlderSpares(context, udid, ...(await keepers(context, udid)).map(({ id }) => id));
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
