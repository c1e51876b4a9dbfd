import type { PhoneContent, PhoneItem } from '../../contract.ts';
import { encryptedOnly } from '../../content/domains.ts';
import type { BackupKeys } from '../state/backup-keys.ts';

/** The phone's items that belong in a backup with these keys, with their row numbers in the manifest. */
export function* backupItems(content: PhoneContent, keys: BackupKeys): Iterable<readonly [row: number, item: PhoneItem]> {
  const isEncrypted = keys.password !== undefined;
  let row = 0;
  for (const item of content.items()) if (isEncrypted || !encryptedOnly(item)) yield [++row, item];
}
