import { DataError } from '../shared/errors.ts';
import type { LibraryContext } from './context.ts';
import { entryName } from './layout.ts';

const most = 1000;

/** A name for an entry of this date that no entry has. */
export async function freeName(context: LibraryContext, udid: string, date: Date): Promise<string> {
  const taken = new Set((await context.fs.readDirectory(context.layout.device(udid))).map(({ name }) => name));
  const name = entryName(date);
  if (!taken.has(name)) return name;
  for (let number = 2; number < most; number++) if (!taken.has(`${name}-${number}`)) return `${name}-${number}`;
  throw new DataError('data.limit', 'Too many backups of one second', { subject: name });
}
