import type { InstalledApp } from '../../../../src/device/index.ts';
import { CameraTally } from '../../../../src/estimate/index.ts';
import { AgeCurve } from '../../../../src/estimate/age-curve.ts';
import type { BackupSizes, DomainPart } from '../../../../src/estimate/backup-sizes.ts';
import type { EstimateFacts } from '../../../../src/estimate/facts.ts';
import type { EstimateSource, EstimateSourceId } from '../../../../src/shared/estimate.ts';

export const day = 86_400;
export const now = new Date('2026-11-22T12:00:00Z');
export const daysAgo = (days: number): Date => new Date(now.getTime() - days * day * 1000);

const ids: readonly EstimateSourceId[] = ['last-backup', 'earlier-runs', 'apps', 'disk-usage', 'camera-roll', 'demand'];

/** All sources in one state, but for those that are named. */
export const sourcesIn = (state: EstimateSource['state'], others: Partial<Record<EstimateSourceId, EstimateSource['state']>> = {}): Map<EstimateSourceId, EstimateSource> =>
  new Map(ids.map((id) => [id, { id, state: others[id] ?? state, finding: undefined }]));

/** Of a phone that told nothing; what is given replaces it. */
export const factsOf = (known: Partial<EstimateFacts> = {}): EstimateFacts => ({
  udid: '00008120-000000000000001E', at: now, phoneTime: now, deviceName: 'Phone', iosVersion: '18.5', isEncrypted: false, sources: sourcesIn('done'),
  last: undefined, apps: undefined, appsBefore: undefined, usage: undefined, camera: undefined, demand: undefined, runs: [], disk: undefined, findings: [], ...known,
});

export const appOf = (bundleId: string, dynamicUsage: number | undefined, more: Partial<InstalledApp> = {}): InstalledApp => ({
  bundleId, name: bundleId.split('.').at(-1), version: '1', type: 'User', staticUsage: 0, dynamicUsage, groups: [], genre: undefined, sinf: undefined, storeMetadata: undefined, ...more,
});

/** Photos of 2025, all looked at. */
export function cameraOf(bytes: number, options: { isCloud?: boolean; newBytes?: number; listed?: number } = {}): CameraTally {
  const tally = new CameraTally(options.isCloud ?? false, daysAgo(10));
  const { newBytes = 0 } = options;
  if (bytes > newBytes) tally.add({ path: '/DCIM/100APPLE/IMG_0001.HEIC', size: bytes - newBytes, modified: new Date(2025, 5, 1), born: undefined });
  if (newBytes > 0) tally.add({ path: '/DCIM/100APPLE/IMG_0002.MOV', size: newBytes, modified: daysAgo(1), born: daysAgo(1) });
  tally.seen = tally.files;
  tally.listed = options.listed ?? tally.files;
  return tally;
}

/** Files of one size in each domain, all of them old but for `fresh` bytes. */
export function partOf(domain: string, category: string | undefined, bytes: number, fresh = 0): DomainPart {
  const part: DomainPart = { domain, category, bytes, files: 10, changed: new AgeCurve(), born: new AgeCurve(), years: undefined };
  part.changed.add(900 * day, bytes - fresh);
  part.changed.add(3600, fresh);
  part.born.add(900 * day, bytes);
  return part;
}

export const sizesOf = (...parts: readonly DomainPart[]): BackupSizes => ({
  date: daysAgo(10), parts, unreadable: 0, bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0), files: parts.reduce((sum, { files }) => sum + files, 0),
});
