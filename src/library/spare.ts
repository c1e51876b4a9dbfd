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

/** After a run that made `id`: its copies and those of the newest backups take the place of all others. */
export async function dropOlderSpares(context: LibraryContext, udid: string, id: string): Promise<void> {
  await keepOnly(context, udid, [{ id }, ...(await keepers(context, udid))]);
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

/** Copies of what is deleted for good go with it; those of an entry that is there stay, whatever its state. */
export async function dropStraySpares(context: LibraryContext, udid: string): Promise<void> {
  await keepOnly(context, udid, await entriesOf(context, udid));
}

async function keepOnly({ fs, layout }: LibraryContext, udid: string, entries: readonly { readonly id: string }[]): Promise<void> {
  const spare = layout.spare(udid);
  for (const { name } of await fs.readDirectory(spare)) if (!entries.some(({ id }) => id === name)) await fs.removeTree(join(spare, name));
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
