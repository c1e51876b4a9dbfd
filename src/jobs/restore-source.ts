import { join } from 'node:path';
import type { AppleFolder, HistoryEntry, Library } from '../library/index.ts';
import { DataError, EngineError } from '../shared/errors.ts';
import type { RestoreRequest } from './api.ts';
import type { BackupContent, LastLook } from './last-look.ts';
import type { BackupFacts } from './restore-findings.ts';

/** A backup to be restored, wherever it lies. */
export interface RestoreSource {
  readonly apple: AppleFolder;
  readonly entry: HistoryEntry | undefined;
}

/** Where backups are looked into. */
export interface Sources {
  readonly library: Library;
  readonly look: LastLook;
}

export async function findSource(library: Library, source: RestoreRequest['source']): Promise<RestoreSource> {
  if ('folder' in source) return { apple: await library.findAppleFolder(source.folder), entry: undefined };
  const entry = await library.entry(source.udid, source.id);
  if (!library.isReadOnly) await library.repair(entry);
  return { apple: await library.findAppleFolder(join(entry.path, entry.udid)), entry };
}

/** What the preflight needs to know of it; tries the password and looks for every file, unless `look` has just done so. */
export async function backupFacts({ library, look }: Sources, source: RestoreSource, password: string | undefined, signal?: AbortSignal): Promise<BackupFacts> {
  const { apple, entry } = source;
  const { isEncrypted } = apple.manifest;
  const isFinished = apple.status?.snapshotState === 'finished';
  const content = isFinished ? await look.into(apple.path, password, () => lookInside(library, apple, password, signal)) : unread;
  return {
    ...deviceOf(source),
    size: entry?.size,
    isEncrypted,
    isFinished: isFinished && content.isReadable,
    isCustom: entry?.kind === 'custom' || apple.info?.selection !== undefined,
    missingFiles: content.missing,
    verification: entry?.verification,
    opens: isEncrypted ? content.opens : undefined,
  };
}

/** The history's own words first: a person may know the device by them. */
function deviceOf({ apple, entry }: RestoreSource): Pick<BackupFacts, 'udid' | 'deviceName' | 'deviceClass' | 'iosVersion'> {
  const { device } = apple.manifest;
  return {
    udid: apple.udid,
    deviceName: entry?.deviceName ?? device.name ?? apple.info?.deviceName ?? apple.udid,
    deviceClass: classOf(device.productType),
    iosVersion: entry?.iosVersion ?? device.iosVersion ?? apple.info?.iosVersion,
  };
}

const unread: BackupContent = { opens: undefined, isReadable: true, missing: 0 };

async function lookInside(library: Library, apple: AppleFolder, password: string | undefined, signal: AbortSignal | undefined): Promise<BackupContent> {
  if (apple.manifest.isEncrypted && password === undefined) return unread;
  try {
    const backup = await library.openBackup(apple.path, password, signal);
    try {
      const damage = await library.inspect(apple, backup, signal);
      return { opens: true, isReadable: true, missing: damage.filter((item) => item.code === 'missing').length };
    } finally {
      await backup.close();
    }
  } catch (error) {
    if (error instanceof EngineError && error.code === 'data.password') return { ...unread, opens: false };
    if (error instanceof DataError) return { ...unread, isReadable: false };
    throw error;
  }
}

/** `iPhone16,1` is an `iPhone`. */
const classOf = (productType: string | undefined): string | undefined => /^[A-Za-z]+/.exec(productType ?? '')?.[0];
