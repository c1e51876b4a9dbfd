import { join } from 'node:path';
import { statfs } from 'node:fs/promises';
import { AfcClient, hasCloudPhotos, listApps, readDiskUsage, walkMedia, type ConnectionKind, type DeviceConnection } from '../device/index.ts';
import { CameraTally, addUpBackup, mediaRoots, type BackupSizes, type EarlierRun, type EstimateFacts } from '../estimate/index.ts';
import { ManifestReader } from '../format/index.ts';
import type { HistoryEntry, Library, OpenBackup } from '../library/index.ts';
import type { JobContext } from './job-context.ts';

/** What of a library an estimate reads. */
export type EstimateLibrary = Pick<Library, 'entries' | 'folder' | 'isReadOnly' | 'openBackup' | 'findAppleFolder'>;

/** Beyond this a walk of the camera roll ends with what it has, in ms. */
const walkLimit = 300_000;

/** Backups that tell what the next one will hold, newest first. */
export const completeOnes = (entries: readonly HistoryEntry[]): HistoryEntry[] =>
  entries.filter(({ isComplete, kind, verification }) => isComplete && kind !== 'custom' && verification?.result !== 'damaged');

/** Runs of this device that were timed; what older ones sent is guessed from what their entries occupy. */
export function earlierRuns(entries: readonly HistoryEntry[]): EarlierRun[] {
  return entries.flatMap(({ date, kind, duration, size, ownSize, transfer }) => {
    if (duration === undefined || !(duration > 0) || (kind !== 'full' && kind !== 'incremental')) return [];
    const bytes = transfer?.bytes ?? (kind === 'full' ? size : Math.min(size, ownSize));
    return [{ date, isFull: kind === 'full', bytes, seconds: duration, receiving: transfer?.seconds, size, connection: transfer?.connection }];
  });
}

/** Runs over the same kind of connection, where there are any: a cable is several times as fast. */
export function runsLike(runs: readonly EarlierRun[], connection: ConnectionKind): readonly EarlierRun[] {
  const same = runs.filter((run) => run.connection === connection);
  return same.length > 0 ? same : runs;
}

export async function diskOf(folder: string): Promise<EstimateFacts['disk']> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { folder, free: bavail * bsize, capacity: blocks * bsize };
}

/** Opens a backup's manifest and adds it up. Throws `data.password` when it is encrypted and no password opens it. */
export async function readBackupSizes(library: EstimateLibrary, entry: HistoryEntry, password: string | undefined, job: JobContext): Promise<BackupSizes> {
  const backup = await library.openBackup(join(entry.path, entry.udid), password, job.signal);
  try {
    return await sizesIn(backup, entry, job.signal);
  } finally {
    await backup.close();
  }
}

/** The same of one that is open. */
export async function sizesIn({ database, manifest }: OpenBackup, { date }: HistoryEntry, signal: AbortSignal | undefined): Promise<BackupSizes> {
  const reader = ManifestReader.open(database);
  try {
    return await addUpBackup(reader, manifest.date ?? date, signal);
  } finally {
    reader.close();
  }
}

export const readApps = (device: DeviceConnection): ReturnType<typeof listApps> => listApps(device, { sizes: true, store: true });

export const readUsage = readDiskUsage;

/** When a backup was made, by the phone's clock: it dates the files in it. */
export async function phoneDateOf(library: EstimateLibrary, entry: HistoryEntry): Promise<Date> {
  const apple = await library.findAppleFolder(join(entry.path, entry.udid));
  return apple.manifest.date ?? entry.date;
}

/** Walks the media folder; `onChange` hears of each step. Answers whether all was seen in time. */
export async function walkCamera(
  device: DeviceConnection,
  since: Date | undefined,
  job: JobContext,
  onChange: (tally: CameraTally) => void,
): Promise<boolean> {
  const afc = await AfcClient.open(device);
  try {
    const tally = new CameraTally(await hasCloudPhotos(afc), since);
    const end = performance.now() + walkLimit;
    onChange(tally);
    return await walkMedia(afc, mediaRoots, {
      signal: job.signal,
      isOver: () => performance.now() > end,
      onFile: (file) => tally.add(file),
      onProgress: (listed, seen) => {
        tally.listed = listed;
        tally.seen = seen;
        onChange(tally);
      },
    });
  } finally {
    afc.close();
  }
}
