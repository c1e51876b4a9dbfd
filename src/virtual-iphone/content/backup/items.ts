import { createHash } from 'node:crypto';
import { fileFlag } from '../../../format/names.ts';
import type { PhoneItem } from '../../contract.ts';
import { readRecord } from '../../mobilebackup2/manifest/record-reader.ts';
import { badManifest } from './errors.ts';
import type { ManifestRow } from './manifest.ts';

const kindBits = 0o170000;
const kindByBits: Readonly<Record<number, PhoneItem['kind']>> = { 0o100000: 'file', 0o040000: 'directory', 0o120000: 'link' };
const transient = 16;

/** A row as an item of the phone, with the wrapped key of its content. */
export interface BackupItem {
  readonly item: PhoneItem;
  /** 44 bytes, encrypted backups only. */
  readonly key: Buffer | undefined;
}

export const fileIdOf = (domain: string, path: string): string => createHash('sha1').update(`${domain}-${path}`).digest('hex');

/** Checks a row and decodes it; `undefined` for the placeholders that interrupted runs leave. Throws `BackupContentError`. */
export function toItem(row: ManifestRow): BackupItem | undefined {
  if ((row.flags & transient) !== 0 && row.file === undefined) return undefined;
  const [domain, path] = checkedName(row);
  const subject = `${domain}-${path}`;
  const record = row.file && readRecord(row.file);
  if (record === undefined) throw badManifest('A file record cannot be read', subject);
  const kind = kindByBits[record.mode & kindBits];
  if (kind === undefined || (fileFlag[kind] & row.flags) === 0) throw badManifest('A row is neither file nor directory nor link', subject);
  if (!Number.isSafeInteger(record.size) || record.size < 0) throw badManifest('A file has an impossible size', subject);
  const { key, path: _path, ...facts } = record;
  return { item: { ...facts, domain, path, kind, protectionClass: kind === 'file' ? record.protectionClass : 0 }, key };
}

/** Domain and path, both legal and those that the row's id was made from. */
function checkedName({ domain, path, fileId }: ManifestRow): [domain: string, path: string] {
  if (domain === undefined || path === undefined) throw badManifest('A row has no domain or path', fileId ?? '');
  if (!isLegalDomain(domain) || !isLegalPath(path)) throw badManifest('A path leaves its domain', `${domain}-${path}`);
  if (fileId !== fileIdOf(domain, path)) throw badManifest('A file id does not belong to its path', `${domain}-${path}`);
  return [domain, path];
}

const isLegalDomain = (domain: string): boolean => /^[^/\0]{1,255}$/.test(domain) && domain !== '.' && domain !== '..';

function isLegalPath(path: string): boolean {
  if (path === '') return true;
  if (path.includes('\0')) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

/** A directory that the backup lacks a row for: the restore of a phone would fail without it. */
export function missingDirectory(domain: string, path: string): PhoneItem {
  const inode = Number.parseInt(fileIdOf(domain, path).slice(0, 12), 16);
  const owner = { userId: 501, groupId: 501 };
  const times = { modified: 0, changed: 0, born: 0 };
  return { domain, path, kind: 'directory', mode: 0o040755, inode, ...owner, ...times, size: 0, protectionClass: 0, flags: 0 };
}
