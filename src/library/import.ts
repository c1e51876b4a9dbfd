import { dirname, join } from 'node:path';
import { hasEncryptedDatabase } from '../format/manifest-plist.ts';
import { appleFile } from '../format/names.ts';
import { DataError } from '../shared/errors.ts';
import { findAppleFolder, type AppleFolder } from './apple-folder.ts';
import { backupRecordJson, type BackupRecord } from './backup-record.ts';
import type { LibraryContext } from './context.ts';
import { newestComplete, readEntry } from './entries.ts';
import { freeName } from './entry-names.ts';
import type { GatherResult } from './gather.ts';
import { writeJson } from './json-file.ts';
import { libraryFile } from './layout.ts';
import { underLock } from './lock.ts';
import { whileReading } from './reading-lock.ts';
import { expectRoom } from './room.ts';
import { runTask, type TaskOptions } from './run-task.ts';
import { addSpares } from './spare.ts';
import type { HistoryEntry } from './types.ts';

/**
 * Copies a finished backup of another program into the library; the source is only read. Files that the newest backup of
 * the device has too take no room. Throws `DataError('data.status')` for one that was interrupted,
 * `host.no-space` before anything is written.
 */
export async function importBackup(context: LibraryContext, folder: string, options: TaskOptions): Promise<HistoryEntry> {
  const source = await findAppleFolder(context, folder);
  if (source.status && source.status.snapshotState !== 'finished') {
    throw new DataError('data.status', 'The backup was interrupted', { subject: source.path, deviceText: source.status.snapshotState });
  }
  return await underLock(context, source.udid, () => whileReading(context, source.path, () => importInto(context, source, options)));
}

async function importInto(context: LibraryContext, source: AppleFolder, options: TaskOptions): Promise<HistoryEntry> {
  const target = join(context.layout.device(source.udid), libraryFile.importing);
  await context.fs.removeTree(target);
  await expectRoom(context.fs, source.path, dirname(target), options.signal);
  try {
    return await copyAndPublish(context, source, target, options);
  } catch (error) {
    await context.fs.removeTree(target).catch(() => {});
    throw error;
  }
}

async function copyAndPublish(context: LibraryContext, source: AppleFolder, target: string, options: TaskOptions): Promise<HistoryEntry> {
  const { fs, layout } = context;
  const { udid } = source;
  await fs.makeDirectory(target);
  for (const name of [udid, libraryFile.incoming]) await fs.makeDirectory(join(target, name));
  const copied = await runTask(fs, 'copyApple', { from: source.path, to: join(target, udid), checksums: undefined, isWritable: false }, options);
  const [unreadable] = copied.damaged;
  if (unreadable !== undefined) throw new DataError('data.damaged', 'A file of the backup cannot be read', { subject: join(source.path, unreadable) });
  const hasDatabase = (await fs.stat(join(target, udid, appleFile.database))) !== undefined;
  const manifest = hasDatabase && !hasEncryptedDatabase(source.manifest) ? join(target, udid, appleFile.database) : undefined;
  const reference = await newestComplete(context, udid);
  const request = { draft: target, udid, reference: reference?.path, isClone: false, manifest };
  const gathered = await runTask(fs, 'gatherContent', request, { signal: options.signal });
  const record = describe(context, source, gathered);
  await writeJson(fs, join(target, libraryFile.backup), backupRecordJson(record, { importedFrom: source.path, missing: gathered.missing }));
  await fs.removeTree(join(target, libraryFile.incoming));
  const id = await freeName(context, udid, record.date);
  await fs.sync(target);
  await fs.rename(target, layout.entry(udid, id));
  await fs.syncFolder(layout.device(udid));
  await addSpares(context, udid).catch(() => {});
  return await readEntry(context, udid, id);
}

function describe(context: LibraryContext, source: AppleFolder, gathered: GatherResult): BackupRecord {
  const { manifest, info, status } = source;
  const selection = info?.selection;
  return {
    udid: source.udid,
    ...deviceOf(source),
    date: manifest.date ?? status?.date ?? info?.lastBackup ?? context.now(),
    kind: selection === undefined ? 'imported' : 'custom',
    isEncrypted: manifest.isEncrypted,
    isComplete: gathered.missing === 0 && status !== undefined && selection === undefined,
    files: gathered.files,
    size: gathered.size,
    ownSize: gathered.ownSize,
    duration: undefined,
    isLocked: false,
    verification: undefined,
    selection,
    note: undefined,
  };
}

const deviceOf = ({ manifest: { device }, info }: AppleFolder): Pick<BackupRecord, 'deviceName' | 'productType' | 'iosVersion'> => ({
  deviceName: device.name ?? info?.deviceName ?? '',
  productType: device.productType ?? info?.productType,
  iosVersion: device.iosVersion ?? info?.iosVersion,
});
