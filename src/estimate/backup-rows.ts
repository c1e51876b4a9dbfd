import { AppIndex } from '../selection/index.ts';
import type { SizeRange } from '../shared/estimate.ts';
import { appDataRange } from './app-data.ts';
import type { BackupSizes, DomainPart } from './backup-sizes.ts';
import type { CameraTally } from './camera-tally.ts';
import type { EstimateFacts } from './facts.ts';
import { addAppRow, categoryOfApp, type PhoneView } from './phone-rows.ts';
import { addPhotoRows } from './photo-rows.ts';
import type { RowTree } from './row-tree.ts';
import { exactly, range, within } from './size-range.ts';

/** Parts of a backup that one row stands for. */
interface Group {
  readonly id: string;
  readonly parent: string | undefined;
  readonly bundleId: string | undefined;
  readonly domain: string;
  readonly parts: DomainPart[];
}

/** Rows of the last backup, carried on to now by what the phone tells. */
export function addBackupRows(tree: RowTree, sizes: BackupSizes, facts: EstimateFacts, view: PhoneView): void {
  addPhotos(tree, sizes, facts);
  const groups = groupParts(sizes, facts);
  const spread = domainsInSeveralCategories(sizes);
  for (const group of groups.values()) {
    const row = group.bundleId === undefined ? domainRow(group, spread) : appRow(group.bundleId, view);
    const size = sizeNow(group, sizes, facts, view);
    const files = total(group.parts, 'files');
    tree.add({ id: group.id, parent: tree.category(group.parent), size, files, source: 'last-backup', before: total(group.parts, 'bytes'), ...row });
  }
  addNewApps(tree, groups, view);
}

function addPhotos(tree: RowTree, sizes: BackupSizes, { camera }: EstimateFacts): void {
  const photos = sizes.parts.find(({ category }) => category === 'photos');
  const before = photos?.years?.years() ?? [];
  if (camera && camera.seen > 0) addPhotoRows(tree, camera.years.years(), { source: 'camera-roll', toRange: photoRange(camera, photos?.bytes ?? 0), before, hasBefore: true });
  else addPhotoRows(tree, before, { source: 'last-backup', toRange: exactly, before, hasBefore: true });
}

/** Below this share the last backup shows that the phone leaves photos out, as it does with those that iCloud has. */
const nearlyAll = 0.97;

/** How much of what lies in the camera roll the last backup had is how much the next one will have. */
function photoRange(camera: CameraTally, bytesBefore: number): (bytes: number) => SizeRange {
  const { factor } = camera;
  const old = (camera.categories.get('photos')?.bytes ?? 0) - camera.newBytes;
  const share = old > 0 ? Math.min(1, bytesBefore / (old * factor)) : 1;
  if (share >= nearlyAll || factor > 1) return (bytes) => range(bytes, bytes * factor, bytes * factor);
  return (bytes) => range(bytes * share * 0.95, bytes * share, bytes * Math.min(1, share + 0.1));
}

function groupParts(sizes: BackupSizes, { apps }: EstimateFacts): Map<string, Group> {
  const index = new AppIndex((apps ?? []).map(({ bundleId, name, groups }) => ({ bundleId, name, groups, plugins: [] })), bundleIdsOf(sizes));
  const groups = new Map<string, Group>();
  for (const part of sizes.parts) {
    if (part.category === 'photos') continue;
    const bundleId = index.owners(part.domain)[0];
    const isAppRow = bundleId !== undefined && part.category === categoryOfApp(bundleId);
    const id = isAppRow ? `app:${bundleId}` : `domain:${part.domain}@${part.category ?? 'unknown'}`;
    const group = groups.get(id);
    if (group) group.parts.push(part);
    else groups.set(id, { id, parent: part.category, bundleId: isAppRow ? bundleId : undefined, domain: part.domain, parts: [part] });
  }
  return groups;
}

const bundleIdsOf = (sizes: BackupSizes): string[] =>
  sizes.parts.flatMap(({ domain }) => (domain.startsWith('AppDomain-') ? [domain.slice('AppDomain-'.length)] : []));

function domainsInSeveralCategories(sizes: BackupSizes): ReadonlySet<string> {
  const seen = new Map<string, string | undefined>();
  const several = new Set<string>();
  for (const { domain, category } of sizes.parts) {
    if (seen.has(domain) && seen.get(domain) !== category) several.add(domain);
    seen.set(domain, category);
  }
  return several;
}

function appRow(bundleId: string, view: PhoneView) {
  return { kind: 'app', name: view.names.get(bundleId) ?? bundleId, term: { kind: 'app', bundleId } } as const;
}

/** A domain whose files are in several categories cannot be chosen by the row of one of them. */
function domainRow({ domain }: Group, spread: ReadonlySet<string>) {
  const canChoose = domain !== '' && !spread.has(domain);
  return { kind: 'domain', name: domain === '' ? 'More domains' : domain, term: canChoose ? ({ kind: 'domain', domain } as const) : undefined } as const;
}

const total = (parts: readonly DomainPart[], of: 'bytes' | 'files'): number => parts.reduce((sum, part) => sum + part[of], 0);

/** Seconds between a backup and the estimate; at least an hour, as clocks differ. */
export const ageOf = (sizes: BackupSizes, at: Date): number => Math.max(3600, (at.getTime() - sizes.date.getTime()) / 1000);

/** Growth is seen over this time at least, in seconds: days differ. */
const growthWindow = 90 * 86_400;

/**
 * What is exact for then, for now: it has grown as it grew before, by the files that were made in the months before the
 * backup; of the media folder the walk knows better. How much changed in as long a time bounds how wrong this may be.
 * An app's container cannot have more than the phone says.
 */
function sizeNow(group: Group, sizes: BackupSizes, facts: EstimateFacts, view: PhoneView): SizeRange {
  const bytes = total(group.parts, 'bytes');
  if (group.bundleId !== undefined && isRemoved(group.bundleId, facts)) return exactly(0);
  const age = ageOf(sizes, facts.phoneTime);
  const growth = seenGrowth(group, facts) ?? toldGrowth(group, facts, view) ?? usualGrowth(group.parts, age);
  const likely = Math.max(0, bytes + growth);
  const doubt = Math.max(curve(group.parts, 'changed', age), Math.abs(growth), bytes * 0.002);
  const size = range(likely - doubt, likely, likely + doubt * 1.5);
  const most = mostOfApp(group, view);
  return most === undefined ? size : within(size, 0, most);
}

/** Of an app that the phone was asked about at the time of the backup: what came since, as far as it is no cache. */
function toldGrowth({ bundleId }: Group, { appsBefore }: EstimateFacts, view: PhoneView): number | undefined {
  if (bundleId === undefined) return undefined;
  const [then, now] = [appsBefore?.apps.get(bundleId), view.apps?.data.get(bundleId)];
  if (then === undefined || now === undefined) return undefined;
  const share = appDataRange({ bundleId, genre: view.genres.get(bundleId) }, 1e6).likely / 1e6;
  return (now - then) * share;
}

function usualGrowth(parts: readonly DomainPart[], age: number): number {
  const window = Math.max(growthWindow, age);
  return (curve(parts, 'born', window) * age) / window;
}

/** Of what lies in the camera's folders the new files were seen. */
function seenGrowth({ domain, parts }: Group, { camera, sources }: EstimateFacts): number | undefined {
  const category = parts[0]?.category;
  if (domain !== 'CameraRollDomain' || category === undefined || sources.get('camera-roll')?.state !== 'done') return undefined;
  return camera?.categories.get(category)?.newBytes;
}

/** The phone's figure covers an app's own container; whether it covers those that it shares is not known. */
function mostOfApp({ bundleId, parts }: Group, view: PhoneView): number | undefined {
  const told = bundleId === undefined ? undefined : view.apps?.data.get(bundleId);
  const shared = parts.filter(({ domain }) => !domain.startsWith('AppDomain-'));
  return told === undefined || shared.length > 0 ? undefined : told;
}

export const curve = (parts: readonly DomainPart[], of: 'born' | 'changed', age: number): number => parts.reduce((sum, part) => sum + part[of].within(age), 0);

/** Apple's own apps may be hidden from the list of apps; all others are in it. */
function isRemoved(bundleId: string, { apps, sources }: EstimateFacts): boolean {
  if (!apps || sources.get('apps')?.state !== 'done' || bundleId.startsWith('com.apple.')) return false;
  return !apps.some((app) => app.bundleId === bundleId);
}

/** Apps that came after the backup. */
function addNewApps(tree: RowTree, groups: ReadonlyMap<string, Group>, view: PhoneView): void {
  for (const [bundleId, bytes] of view.apps?.data ?? []) {
    if (!groups.has(`app:${bundleId}`) && !bundleId.startsWith('com.apple.')) addAppRow(tree, view, bundleId, bytes, 0);
  }
}
