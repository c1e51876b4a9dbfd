import { categoryOf } from '../selection/index.ts';
import type { SizeRange } from '../shared/estimate.ts';
import { appDataRange, usableApps, type UsableApps } from './app-data.ts';
import type { CameraTally } from './camera-tally.ts';
import { isSettled, type EstimateFacts } from './facts.ts';
import { addPhotoRows } from './photo-rows.ts';
import type { RowTree } from './row-tree.ts';
import { exactly, range } from './size-range.ts';

/** What the phone's own figures are made of; the parts of a phone that an estimate without a backup rests on. */
export interface PhoneView {
  readonly apps: UsableApps | undefined;
  /** Names that the phone gives its apps. */
  readonly names: ReadonlyMap<string, string>;
  /** The App Store's categories. */
  readonly genres: ReadonlyMap<string, string>;
  /** Data on the phone without the apps themselves: no backup can be larger. */
  readonly mostData: number | undefined;
}

export function phoneView({ apps, usage }: EstimateFacts): PhoneView {
  const usable = apps && usableApps(apps, usage?.used);
  const names = new Map((apps ?? []).flatMap(({ bundleId, name }) => (name === undefined ? [] : [[bundleId, name] as const])));
  const genres = new Map((apps ?? []).flatMap(({ bundleId, genre }) => (genre === undefined ? [] : [[bundleId, genre] as const])));
  return { apps: usable, names, genres, mostData: usage?.used === undefined ? undefined : usage.used - (usable?.bundles ?? 0) };
}

/** The category that an app is shown under. */
export const categoryOfApp = (bundleId: string): string => categoryOf({ domain: `AppDomain-${bundleId}`, relativePath: '' })?.id ?? 'apps';

/** Rows of the camera roll by years, without a backup to compare with. */
export function addCameraRows(tree: RowTree, camera: CameraTally): void {
  addPhotoRows(tree, camera.years.years(), { source: 'camera-roll', toRange: photoRange(camera), before: [], hasBefore: false });
}

/**
 * Photos that iCloud Photos has safely are left out of a backup (Apple Support 108771); which ones, the phone does not tell.
 * A walk under way has seen a part of the names it knows of.
 */
function photoRange(camera: CameraTally): (bytes: number) => SizeRange {
  const { factor, isCloud } = camera;
  return (bytes) => range(isCloud ? 0 : bytes, bytes * factor, bytes * factor);
}

/** Categories of the media folder beside the photos, without a backup to compare with. */
export function addOtherMediaRows(tree: RowTree, camera: CameraTally): void {
  for (const [category, { bytes, files }] of camera.categories) {
    if (category === 'photos') continue;
    const parent = tree.category(category);
    const id = `${parent}/media`;
    tree.add({ id, parent, kind: 'other', name: 'Media folder', size: exactly(bytes), files, source: 'camera-roll', before: undefined, term: undefined });
  }
}

/** What current phones still count by kind. */
export function addVoicemailRow(tree: RowTree, { usage }: EstimateFacts): void {
  const bytes = voicemailOf(usage);
  if (bytes === 0) return;
  const parent = tree.category('voicemail');
  const size = exactly(bytes);
  tree.add({ id: `${parent}/told`, parent, kind: 'other', name: 'Voicemail', size, files: undefined, source: 'disk-usage', before: undefined, term: undefined });
}

const voicemailOf = (usage: EstimateFacts['usage']): number => {
  const { voicemail = 0, used = Infinity } = usage ?? {};
  return voicemail <= used ? voicemail : 0;
};

/** An app of which only the phone's figure is known. */
export function addAppRow(tree: RowTree, view: PhoneView, bundleId: string, bytes: number, before: number | undefined): void {
  const parent = tree.category(categoryOfApp(bundleId));
  const term = { kind: 'app', bundleId } as const;
  const size = appDataRange({ bundleId, genre: view.genres.get(bundleId) }, bytes);
  const name = view.names.get(bundleId) ?? bundleId;
  tree.add({ id: `app:${bundleId}`, parent, kind: 'app', name, size, files: undefined, source: 'apps', before, term });
}

/**
 * The system's own data (logs, caches, voices) counts as used and is in no backup: 4 to 6 GB on a new phone, 5 to 10 GB
 * usually, 15 to 25 GB after long use, of some 60 to 120 GB of data in all.
 */
const systemShare = { low: 0.03, likely: 0.14, high: 0.28 } as const;

/** Health, and mostly calls and Safari's history, go into encrypted backups only; beside messages they are small. */
const encryptedShare = 0.06;

/** What no source names: messages with attachments, settings, mail. The rest of the used storage bounds it. */
export function restRange(facts: EstimateFacts, view: PhoneView): SizeRange | undefined {
  const { camera } = facts;
  if (view.mostData === undefined || !view.apps || !camera || !isSettled(facts, 'apps', 'camera-roll', 'disk-usage')) return undefined;
  const { mostData } = view;
  const named = [...view.apps.data.values()].reduce((sum, bytes) => sum + bytes, 0) + camera.bytes + voicemailOf(facts.usage);
  const rest = mostData - named;
  if (rest <= 0) return undefined;
  const withheld = facts.isEncrypted === false ? encryptedShare : 0;
  const part = (share: number): number => Math.max(0, rest - mostData * share);
  return range(part(systemShare.high) * (1 - 3 * withheld), part(systemShare.likely) * (1 - withheld), part(systemShare.low));
}
