import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileFlag, fileIdPattern } from '../../../format/names.ts';
import { mbError } from '../../../format/mb-errors.ts';
import type { PhoneItem } from '../../contract.ts';
import { AgentError } from '../errors.ts';
import { manifestRows, type SourceRow } from '../manifest/manifest-rows.ts';
import { readRecord, type FileRecord } from '../manifest/record-reader.ts';
import { fileIdOf } from '../manifest/file-id.ts';
import type { BackupSource } from './backup-source.ts';
import type { ItemTable } from './item-table.ts';
import type { RestoreOptions } from './options.ts';
import { isKnownContainer, isSetting, isSystemDomain } from './rules.ts';
import type { RestoreStore } from './store.ts';

/** Longest absolute path that the restore engine takes, in bytes. */
const maxPath = 998;
const rowsPerTurn = 2000;
const kindMask = 0o170000;
const kindOfMode: Readonly<Record<number, PhoneItem['kind']>> = { 0o100000: 'file', 0o040000: 'directory', 0o120000: 'link' };

/** Which rows a restore is about. */
export type RowFilter = (domain: string, path: string) => boolean;

export function restoreFilter(table: ItemTable, options: RestoreOptions, known: ReadonlySet<string>): RowFilter {
  return (domain, path) => {
    if (!options.systemFiles && isSystemDomain(domain)) return false;
    if (!isKnownContainer(domain, known)) return false;
    return !(options.preserveSettings && isSetting(domain, path) && table.find(domain, path));
  };
}

/** Checks all rows of the backup and puts those that are wanted into the table. Answers the bytes they need. */
export async function planRestore(table: ItemTable, source: BackupSource, isWanted: RowFilter): Promise<number> {
  let bytes = 0;
  let count = 0;
  for (const row of manifestRows(source.database)) {
    if (++count % rowsPerTurn === 0) await nextTurn();
    checkRow(row);
    if (!isWanted(row.domain, row.path)) continue;
    const record = readRecord(row.file);
    if (!record) throw new AgentError(mbError.damaged, `Invalid file record of ${row.fileId}`);
    const item = itemOf(row, record);
    if (source.manifest.isEncrypted && item.kind === 'file' && record.key?.length !== 44) {
      throw new AgentError(mbError.damaged, `No encryption key for ${row.fileId}`);
    }
    table.put(item, { isRestored: true, isRemovable: false, key: source.manifest.isEncrypted ? record.key : undefined });
    bytes += item.size;
  }
  return bytes;
}

/** Restores do not create missing parents: every restored item needs the row of its directory in the backup. */
export function checkAncestors(store: RestoreStore): void {
  const orphan = store.db
    .prepare(`SELECT domain, path FROM items AS child WHERE isRestored = 1 AND parentID IS NOT NULL AND NOT EXISTS
      (SELECT 1 FROM items AS parent WHERE parent.fileID = child.parentID AND parent.isRestored = 1 AND parent.kind = 'directory') LIMIT 1`)
    .get();
  if (!orphan) return;
  const path = `${String(orphan['domain'])}/${String(orphan['path'])}`;
  throw new AgentError(mbError.multiple, `rename "/var/.backup.i/${path}": No such file or directory`);
}

function checkRow({ fileId, domain, path }: SourceRow): void {
  if (domain.includes('/')) throw new AgentError(mbError.damaged, 'Domain name cannot contain a slash');
  if (!fileIdPattern.test(fileId) || fileId !== fileIdOf(domain, path)) throw new AgentError(mbError.damaged, `Invalid file ID ${fileId}`);
  const isUnsafe = path.startsWith('/') || path.split('/').includes('..') || Buffer.byteLength(path) > maxPath;
  if (isUnsafe) throw new AgentError(mbError.damaged, `Invalid path in domain ${domain}`);
}

function itemOf({ domain, path, flags }: SourceRow, record: FileRecord): PhoneItem {
  const kind = kindOfFlags(flags) ?? kindOfMode[record.mode & kindMask];
  if (!kind || record.path !== path) throw new AgentError(mbError.damaged, `Invalid file record in domain ${domain}`);
  const { mode, inode, userId, groupId, modified, changed, born, size, protectionClass, target, extendedAttributes } = record;
  return { domain, path, kind, mode, inode, userId, groupId, modified, changed, born, size, protectionClass, flags: record.flags, target, extendedAttributes };
}

function kindOfFlags(flags: number): PhoneItem['kind'] | undefined {
  if (flags & fileFlag.file) return 'file';
  if (flags & fileFlag.directory) return 'directory';
  return flags & fileFlag.link ? 'link' : undefined;
}
