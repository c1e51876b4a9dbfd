import { majorOf, type DomainValues, type ValueSource } from './source.ts';

/** System partition as on a 256 GB phone of 2026 (256,000,000,000 - 247,983,448,064 bytes). */
const systemCapacity = 8_016_551_936;
const reserved = 209_715_200;
/** Current phones count purgeable caches as available in one figure and not in the other. */
const purgeable = 4_294_967_296;

/** Bytes free for apps: the mood's, or what content and apps leave of the disk. */
export function freeBytes({ identity, moods, content }: Pick<ValueSource, 'identity' | 'moods' | 'content'>): number {
  if (moods.freeSpace !== undefined) return moods.freeSpace;
  const apps = content.apps().reduce((sum, app) => sum + app.staticUsage, 0);
  return Math.max(0, identity.capacity - systemCapacity - apps - content.totals.bytes - reserved);
}

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
