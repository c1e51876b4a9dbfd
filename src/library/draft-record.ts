import { join } from 'node:path';
import type { FileSystem } from './file-system.ts';
import { jsonBoolean, jsonDate, jsonString, readJson, writeJson } from './json-file.ts';
import { libraryFile } from './layout.ts';

/** What a run is asked for. */
export interface DraftRequest {
  readonly udid: string;
  readonly deviceName: string;
  readonly productType: string | undefined;
  readonly iosVersion: string | undefined;
  readonly isForcedFull: boolean;
  readonly isEncrypted: boolean;
  /** Text of a custom selection; `undefined` for everything. */
  readonly selection?: string | undefined;
}

/** `draft.json` */
export interface DraftRecord extends DraftRequest {
  readonly started: Date;
  /** Id of the entry whose content the draft was given. */
  readonly base: string | undefined;
  /** All of the base's content is in the draft, and durable. */
  readonly hasContent: boolean;
}

const formatVersion = 1;

/** `undefined` when missing, damaged or of a newer version: such a draft cannot be resumed. */
export async function readDraftRecord(fs: FileSystem, draft: string): Promise<DraftRecord | undefined> {
  const json = await readJson(fs, join(draft, libraryFile.draft)).catch(() => undefined);
  const udid = jsonString(json?.['udid']);
  const started = jsonDate(json?.['started']);
  const isForcedFull = jsonBoolean(json?.['isForcedFull']);
  const isEncrypted = jsonBoolean(json?.['isEncrypted']);
  if (!json || json['format'] !== formatVersion) return undefined;
  if (udid === undefined || started === undefined || isForcedFull === undefined || isEncrypted === undefined) return undefined;
  return {
    udid,
    started,
    isForcedFull,
    isEncrypted,
    deviceName: jsonString(json['deviceName']) ?? '',
    productType: jsonString(json['productType']),
    iosVersion: jsonString(json['iosVersion']),
    selection: jsonString(json['selection']),
    base: jsonString(json['base']),
    hasContent: jsonBoolean(json['hasContent']) ?? false,
  };
}

export const writeDraftRecord = (fs: FileSystem, draft: string, record: DraftRecord): Promise<void> =>
  writeJson(fs, join(draft, libraryFile.draft), { format: formatVersion, ...record });

/**
 * Whether a run can go on from a draft. Its selection does not matter: devices send the same for each, and what was not
 * chosen is left out only when all has arrived.
 */
export const isSameRun = (record: DraftRecord, request: DraftRequest): boolean =>
  record.udid === request.udid && record.isForcedFull === request.isForcedFull && record.isEncrypted === request.isEncrypted;
