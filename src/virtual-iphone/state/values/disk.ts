import { createHash } from 'node:crypto';
import { majorOf, type DomainValues, type ValueSource } from './source.ts';

/** System partition as on a 256 GB phone of 2026 (256,000,000,000 - 247,983,448,064 bytes). */
const systemCapacity = 8_016_551_936;
const reserved = 209_715_200;
/** Current phones count purgeable caches as available in one figure and not in the other. */
const purgeable = 4_294_967_296;

/**
 * Share of the system's own data (caches, logs, voices; no backup holds it) in all data but the apps themselves. Storage guides
 * tell of 4 to 6 GB on a new phone, mostly 5 to 10 and at times 15 to 25 GB later, on phones with some 60 to 120 GB of data.
 */
const systemDataShare = [0.04, 0.25] as const;

type DiskSource = Pick<ValueSource, 'identity' | 'moods' | 'content' | 'options'>;

/** Bytes free for apps: the mood's, or what apps, their caches, content and system leave of the disk. */
export function freeBytes({ identity, moods, content, options }: DiskSource): number {
  if (moods.freeSpace !== undefined) return moods.freeSpace;
  // Apple's own apps lie on the system's volume.
  const apps = content.apps().reduce((sum, app) => sum + (app.type === 'User' ? app.staticUsage : 0), 0);
  const data = content.totals.bytes + content.apps().reduce((sum, app) => sum + (app.cacheUsage ?? 0), 0);
  const share = systemDataShare[0] + seededFraction(options.seed) * (systemDataShare[1] - systemDataShare[0]);
  return Math.max(0, identity.capacity - systemCapacity - reserved - apps - Math.floor(data / (1 - share)));
}

const seededFraction = (seed: number): number => createHash('sha256').update(`system data of ${seed}`).digest().readUInt32BE() / 2 ** 32;

/** `com.apple.disk_usage`, live. */
export function diskUsage(source: ValueSource): DomainValues {
  const free = freeBytes(source);
  const dataCapacity = source.identity.capacity - systemCapacity;
  const alsoFree = majorOf(source) >= 17 ? Math.min(purgeable, Math.max(0, dataCapacity - free - reserved)) : 0;
  const apps = source.content.apps();
  return {
    AmountCameraAvailable: free,
    AmountDataAvailable: free,
    AmountDataReserved: reserved,
    AmountRestoreAvailable: free + alsoFree,
    CalendarUsage: 110_592,
    CameraUsage: 0,
    MediaCacheUsage: 0,
    MobileApplicationUsage: apps.reduce((sum, app) => sum + app.staticUsage + app.dynamicUsage, 0),
    NotesUsage: 32_768,
    PhotoUsage: 0,
    TotalDataAvailable: free + reserved + alsoFree,
    TotalDataCapacity: dataCapacity,
    TotalDiskCapacity: source.identity.capacity,
    TotalSystemAvailable: 0,
    TotalSystemCapacity: systemCapacity,
    VoicemailUsage: 0,
    WebAppCacheUsage: 0,
  };
}

const coreKeys = [
  'AmountDataAvailable',
  'AmountDataReserved',
  'AmountRestoreAvailable',
  'TotalDataAvailable',
  'TotalDataCapacity',
  'TotalDiskCapacity',
  'TotalSystemAvailable',
  'TotalSystemCapacity',
];

/** `com.apple.disk_usage.factory`: the core keys only. */
export function factoryDiskUsage(source: ValueSource): DomainValues {
  const live = diskUsage(source);
  return Object.fromEntries(coreKeys.map((key) => [key, live[key]]));
}
