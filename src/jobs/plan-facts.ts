import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { estimateFrom, type EarlierRun, type LastBackup } from '../estimate/index.ts';
import { sizesByApp, sizesByCategory, sizesByDomain, type HistoryEntry, type Library } from '../library/index.ts';
import { appsOfBackup, parseSelection } from '../selection/index.ts';
import { DataError, HostError } from '../shared/errors.ts';
import type { PlanFacts, SelectionSize } from '../shared/plan-facts.ts';
import type { MeasureRequest } from './api.ts';
import { connectedFacts } from './connected-facts.ts';
import { earlierRuns, sizesIn } from './estimate-sources.ts';
import type { RestoreDeps } from './restore-job.ts';

export interface PlanFactsRequest {
  readonly udid?: string | undefined;
  readonly password?: string | undefined;
}

/** What a backup that can be opened tells: apps by the store's names, sizes by app, domain and category. */
type ContentFacts = Pick<PlanFacts, 'apps' | 'domains' | 'categories' | 'ahead'>;

/** An encrypted backup that the password does not open tells its date only; a device or muxer that refuses tells nothing. */
export async function planFacts({ library, muxer }: RestoreDeps, { udid, password }: PlanFactsRequest, signal?: AbortSignal): Promise<PlanFacts> {
  const [entries, connected] = await Promise.all([library.entries(), connectedFacts(muxer, udid, signal)]);
  const ofDevice = entries.filter((entry) => udid === undefined || entry.udid === udid);
  // A custom backup would say that what it was not to hold is nothing.
  const entry = ofDevice.find(({ kind }) => kind !== 'custom');
  const content = entry && (await contentFacts(library, { entry, runs: earlierRuns(entries.filter((each) => each.udid === entry.udid)) }, password, signal));
  return {
    devices: uniqueBy([...connected.devices.map(namedDevice), ...entries.map((each) => ({ udid: each.udid, name: each.deviceName }))], ({ udid: id }) => id),
    apps: mergeApps(content?.apps ?? [], connected.apps),
    domains: content?.domains ?? [],
    categories: content?.categories ?? [],
    from: entry && content && { udid: entry.udid, id: entry.id, date: entry.date },
    ahead: content?.ahead,
    diskFree: await freeSpace(library.folder),
  };
}

interface Past {
  readonly entry: HistoryEntry;
  readonly runs: readonly EarlierRun[];
}

/** `undefined` where the backup does not open. */
async function contentFacts(library: Library, { entry, runs }: Past, password: string | undefined, signal?: AbortSignal): Promise<ContentFacts | undefined> {
  if (entry.isEncrypted && password === undefined) return undefined;
  try {
    const apple = await library.findAppleFolder(join(entry.path, entry.udid));
    const backup = await library.openBackup(apple.path, password, signal);
    try {
      const apps = appsOfBackup(apple.manifest, apple.info);
      const { cells } = await library.measureContent(backup, { selections: [], apps }, { signal });
      const byApp = sizesByApp(cells, apps);
      return {
        apps: apps.map(({ bundleId, name }) => ({ bundleId, name, bytes: byApp.get(bundleId)?.bytes ?? 0 })),
        domains: [...sizesByDomain(cells)].map(([name, size]) => ({ name, ...size })).toSorted((a, b) => b.bytes - a.bytes),
        categories: [...sizesByCategory(cells)].map(([id, size]) => ({ id, ...size })),
        ahead: aheadOf({ ...entry, sizes: await sizesIn(backup, entry, signal) }, runs),
      };
    } finally {
      await backup.close();
    }
  } catch (error) {
    if (error instanceof DataError || error instanceof HostError) return undefined;
    throw error;
  }
}

function aheadOf(last: LastBackup, runs: readonly EarlierRun[]): PlanFacts['ahead'] {
  const { transfer, total } = estimateFrom(last, runs, new Date());
  return transfer && { transfer, total, isEncrypted: last.isEncrypted };
}

/** The phone knows names and new apps, the backup sizes. */
function mergeApps(backedUp: PlanFacts['apps'], installed: readonly Pick<PlanFacts['apps'][number], 'bundleId' | 'name'>[]): PlanFacts['apps'] {
  const sizes = new Map(backedUp.map((app) => [app.bundleId, app]));
  const named = installed.map(({ bundleId, name }) => ({ bundleId, name: name ?? sizes.get(bundleId)?.name, bytes: sizes.get(bundleId)?.bytes }));
  return uniqueBy([...named, ...backedUp], (app) => app.bundleId);
}

const namedDevice = ({ udid, name }: PlanFacts['devices'][number]): PlanFacts['devices'][number] => ({ udid, name });

function uniqueBy<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const first = new Map<string, T>();
  for (const item of items) if (!first.has(keyOf(item))) first.set(keyOf(item), item);
  return [...first.values()];
}

async function freeSpace(folder: string): Promise<number | undefined> {
  const disk = await statfs(folder).catch(() => undefined);
  return disk && disk.bavail * disk.bsize;
}

/** How much of an entry each selection takes. Throws `data.password` for an encrypted one that the password does not open. */
export async function measureSelections(library: Library, request: MeasureRequest, signal?: AbortSignal): Promise<readonly SelectionSize[]> {
  const entry = await library.entry(request.entry.udid, request.entry.id);
  const apple = await library.findAppleFolder(join(entry.path, entry.udid));
  const backup = await library.openBackup(apple.path, request.password, signal);
  try {
    const apps = appsOfBackup(apple.manifest, apple.info);
    return (await library.measureContent(backup, { selections: request.selections.map(parseSelection), apps }, { signal })).selections;
  } finally {
    await backup.close();
  }
}
