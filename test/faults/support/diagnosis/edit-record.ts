import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { backupRecordJson } from '../../../../src/library/backup-record.ts';
import type { JsonObject } from '../../../../src/library/json-file.ts';

/** Changes `backup.json` of an entry, which gets the check of what it then says. */
export async function editRecord(entryPath: string, from: RegExp, to: string): Promise<void> {
  const path = join(entryPath, 'backup.json');
  const text = await readFile(path, 'utf8');
  if (!from.test(text)) throw new Error(`${from.source} is not in ${text}`);
  await chmod(path, 0o600);
  await writeFile(path, JSON.stringify(backupRecordJson({}, JSON.parse(text.replace(from, to)) as JsonObject), undefined, 2));
}
