import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appleFile } from '../format/names.ts';
import { asBoolean, asDict, readPlist } from '../plist/index.ts';

/** Whether a backup folder needs a password. Throws `RangeError` with a sentence when it is no finished backup. */
export function isEncryptedBackup(folder: string): boolean {
  try {
    return asBoolean(asDict(readPlist(readFileSync(join(folder, appleFile.manifest))))?.['IsEncrypted']) ?? false;
  } catch {
    throw new RangeError(`'${folder}' is not a backup: it has no readable ${appleFile.manifest}`);
  }
}
