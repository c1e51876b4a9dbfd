import { join } from 'node:path';
import { ownFiles } from './clone.ts';
import type { LibraryContext } from './context.ts';

/**
 * Copies of the newest backup's plists and manifest, keybag included, beside the entries: without the manifest no file of a
 * backup has a name, without the keybag no encrypted one can ever be read. Only the newest backup's are kept.
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
  await fs.sync(join(spare, id));
}

export async function dropOlderSpares(context: LibraryContext, udid: string, id: string): Promise<void> {
  const spare = context.layout.spare(udid);
  for (const { name } of await context.fs.readDirectory(spare)) if (name !== id) await context.fs.removeTree(join(spare, name));
}
