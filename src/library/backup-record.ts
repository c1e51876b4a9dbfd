import { hash } from 'node:crypto';
import { jsonBoolean, jsonDate, jsonNumber, jsonString, isJsonObject, type JsonObject } from './json-file.ts';
import { isEntryName } from './layout.ts';
import type { BackupKind, HistoryEntry, VerificationRecord } from './types.ts';

/** What `backup.json` holds; `id` and `path` come from the folder. */
export type BackupRecord = Omit<HistoryEntry, 'id' | 'path'>;

const kinds: readonly BackupKind[] = ['full', 'incremental', 'custom', 'imported'];
const levels: readonly VerificationRecord['level'][] = ['structure', 'bytes', 'unlock'];
const formatVersion = 1;

/** `undefined` when a needed field is missing or of another type: then the record is rebuilt from the backup itself. */
export function parseBackupRecord(json: JsonObject): BackupRecord | undefined {
  const udid = jsonString(json['udid']);
  const date = jsonDate(json['date']);
  const kind = kinds.find((known) => known === json['kind']);
  const isEncrypted = jsonBoolean(json['isEncrypted']);
  const isComplete = jsonBoolean(json['isComplete']);
  if (udid === undefined || date === undefined || kind === undefined || isEncrypted === undefined || isComplete === undefined) return undefined;
  return {
    udid,
    date,
    kind,
    isEncrypted,
    isComplete,
    deviceName: jsonString(json['deviceName']) ?? '',
    productType: jsonString(json['productType']),
    iosVersion: jsonString(json['iosVersion']),
    files: jsonNumber(json['files']) ?? 0,
    size: jsonNumber(json['size']) ?? 0,
    ownSize: jsonNumber(json['ownSize']) ?? 0,
    duration: jsonNumber(json['duration']),
    ...parseTransfer(json['transfer']),
    isLocked: jsonBoolean(json['isLocked']) ?? false,
    verification: parseVerification(json['verification']),
    selection: jsonString(json['selection']),
    leftOut: parseLeftOut(json['leftOut']),
    note: jsonString(json['note']),
    ...parseMissing(json['missing']),
    ...parseLaterThan(json['laterThan']),
  };
}

function parseMissing(json: unknown): Pick<BackupRecord, 'missing'> {
  const missing = jsonNumber(json) ?? 0;
  return missing > 0 ? { missing } : {};
}

function parseLaterThan(json: unknown): Pick<BackupRecord, 'laterThan'> {
  const ids = Array.isArray(json) ? json.filter((id) => typeof id === 'string').filter(isEntryName) : [];
  return ids.length > 0 ? { laterThan: ids } : {};
}

function parseLeftOut(json: unknown): BackupRecord['leftOut'] {
  if (!isJsonObject(json)) return undefined;
  const [files, bytes] = [jsonNumber(json['files']), jsonNumber(json['bytes'])];
  return files === undefined || bytes === undefined ? undefined : { files, bytes };
}

/** Older records have none. */
function parseTransfer(json: unknown): Pick<BackupRecord, 'transfer'> {
  if (!isJsonObject(json)) return {};
  const bytes = jsonNumber(json['bytes']);
  const connection = json['connection'] === 'usb' || json['connection'] === 'network' ? json['connection'] : undefined;
  if (bytes === undefined || connection === undefined) return {};
  const seconds = jsonNumber(json['seconds']);
  return { transfer: { bytes, connection, ...(seconds === undefined ? {} : { seconds }) } };
}

function parseVerification(json: unknown): VerificationRecord | undefined {
  if (!isJsonObject(json)) return undefined;
  const at = jsonDate(json['at']);
  const level = levels.find((known) => known === json['level']);
  const result = json['result'] === 'good' || json['result'] === 'damaged' ? json['result'] : undefined;
  if (at === undefined || level === undefined || result === undefined) return undefined;
  return { at, level, result, damagedFiles: jsonNumber(json['damagedFiles']) ?? 0 };
}

/** Whether a record is as it was written: it has no line in the list of checksums, because it changes. */
export function isIntact(json: JsonObject): boolean {
  const { check, ...rest } = json;
  return check === checkOf(rest);
}

const checkOf = (json: JsonObject): string => hash('sha256', JSON.stringify(json));

/** `known` is laid over what the file held, so that fields of a newer version survive. */
export function backupRecordJson(known: Partial<BackupRecord>, before: JsonObject = {}): JsonObject {
  const { check: _, ...rest } = before;
  const json = JSON.parse(JSON.stringify({ format: formatVersion, ...rest, ...known })) as JsonObject;
  return { ...json, check: checkOf(json) };
}
