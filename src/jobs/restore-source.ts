import { join } from 'node:path';
import type { AppleFolder, HistoryEntry, Library } from '../library/index.ts';
import { DataError, EngineError } from '../shared/errors.ts';
import type { RestoreRequest } from './api.ts';
import type { BackupFacts } from './restore-findings.ts';

/** A backup to be restored, wherever it lies. */
export interface RestoreSource {
  readonly apple: AppleFolder;
  readonly entry: HistoryEntry | undefined;
}

export async function findSource(library: Library, source: RestoreRequest['source']): Promise<RestoreSource> {
  if ('folder' in source) return { apple: await library.findAppleFolder(source.folder), entry: undefined };
  const entry = await library.entry(source.udid, source.id);
  return { apple: await library.findAppleFolder(join(entry.path, entry.udid)), entry };
}

/** What the preflight needs to know of it; tries the password, which takes seconds on a real backup. */
export async function backupFacts(library: Library, source: RestoreSource, password: string | undefined, signal?: AbortSignal): Promise<BackupFacts> {
  const { apple, entry } = source;
  const { device, isEncrypted } = apple.manifest;
  const isFinished = apple.status?.snapshotState === 'finished';
  const state = isFinished ? await tryToOpen(library, apple, password, signal) : { opens: undefined, isDamaged: false };
  return {
    udid: apple.udid,
    deviceName: entry?.deviceName ?? device.name ?? apple.info?.deviceName ?? apple.udid,
    deviceClass: classOf(device.productType),
    iosVersion: entry?.iosVersion ?? device.iosVersion ?? apple.info?.iosVersion,
    size: entry?.size,
    isEncrypted,
    isFinished: isFinished && !state.isDamaged,
    isCustom: entry?.kind === 'custom',
    missingFiles: entry !== undefined && !entry.isComplete && entry.kind !== 'custom' ? 1 : 0,
    verification: entry?.verification,
    opens: isEncrypted ? state.opens : undefined,
  };
}

async function tryToOpen(library: Library, apple: AppleFolder, password: string | undefined, signal: AbortSignal | undefined) {
  if (apple.manifest.isEncrypted && password === undefined) return { opens: undefined, isDamaged: false };
  try {
    const backup = await library.openBackup(apple.path, password, signal);
    await backup.close();
    return { opens: true, isDamaged: false };
  } catch (error) {
    if (error instanceof EngineError && error.code === 'data.password') return { opens: false, isDamaged: false };
    if (error instanceof DataError) return { opens: undefined, isDamaged: true };
    throw error;
  }
}

/** `iPhone16,1` is an `iPhone`. */
const classOf = (productType: string | undefined): string | undefined => /^[A-Za-z]+/.exec(productType ?? '')?.[0];
