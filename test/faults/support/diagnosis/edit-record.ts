import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Changes `backup.json` of an entry. The record's own check is taken out: one without is of an older version. */
export async function editRecord(entryPath: string, from: RegExp, to: string): Promise<void> {
  const path = join(entryPath, 'backup.json');
  const text = await readFile(path, 'utf8');
  if (!from.test(text)) throw new Error(`${from.source} is not in ${text}`);
  await chmod(path, 0o600);
  await writeFile(path, text.replace(from, to).replace(/,?\s*"check": "[0-9a-f]+"/, ''));
}
