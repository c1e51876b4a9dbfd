import { join } from 'node:path';
import { parseDomain, plainDomains } from '../format/domain.ts';
import { listApps, openDevice, unlessRefused, type DeviceConnection } from '../device/index.ts';
import { sizesByDomain, type HistoryEntry, type Library } from '../library/index.ts';
import { appsOfBackup, categories, isVoidSelection, parseSelection, selectionText, termText, unknownTerms } from '../selection/index.ts';
import { CancelledError, EngineError } from '../shared/errors.ts';
import type { SelectionSize } from '../shared/plan-facts.ts';
import type { SelectionBase, SelectionCheck } from '../shared/selection-check.ts';
import type { AppDomains, Selection, SelectionTerm } from '../shared/selection.ts';
import type { SelectionRequest } from './api.ts';
import type { RestoreDeps } from './restore-job.ts';

export interface CheckSubject {
  readonly udid: string;
  readonly selection: Selection;
  /** The device's own list; `undefined` where it gave none. */
  readonly apps: readonly AppDomains[] | undefined;
  /** Opens the last backup where it is encrypted. */
  readonly password?: string | undefined;
  /** What an earlier look told; it stands as long as nothing it was held against has changed. */
  readonly earlier?: SelectionCheck | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What the last complete backup tells; domains and sizes only where its manifest could be read. */
interface Past {
  readonly apps: readonly AppDomains[];
  readonly domains?: readonly string[];
  /** Of the whole selection, then of each term of `include` alone. */
  readonly sizes?: readonly SelectionSize[];
  readonly date?: Date;
}

/** Terms that are measured one by one. */
const measuredTerms = 200;
/** Devices need not list all apps of the system, such as Notes. */
const systemPrefix = 'com.apple.';
/** How long a device may take to list its apps before anybody has begun, in ms. */
const patience = 8_000;

/**
 * Looks at a selection beside the device's apps and its last backup, before anything is asked of the device. A name that
 * neither knows is `unknown` only where they would know it; else it is `unsure`.
 */
export async function checkSelection(library: Library, subject: CheckSubject): Promise<SelectionCheck> {
  const entry = (await library.entries()).find(({ udid, kind }) => udid === subject.udid && kind !== 'custom');
  if (subject.earlier && isSame(subject.earlier.base, baseOf(subject, entry))) return subject.earlier;
  const past = await pastOf(library, entry, subject);
  const judged = judge(subject, past);
  const { include } = subject.selection;
  const known = (term: SelectionTerm): boolean => !judged.unknown.some(({ term: text }) => text === termText(term));
  const [whole, ...alone] = past.sizes ?? [];
  return {
    ...judged,
    isVoid: isVoidSelection(subject.selection),
    unmatched: include.filter((term, index) => alone[index]?.files === 0 && known(term)).map(termText),
    isHopeless: include.length > 0 && include.every((term) => term.kind === 'app' && !known(term)),
    wasEmpty: whole?.files === 0,
    date: past.date,
    base: { ...baseOf(subject, entry), wasOpen: past.date !== undefined },
  };
}

/** What a look now would be held against; whether the backup opens is taken for granted where its password is there. */
const baseOf = ({ selection, apps, password }: CheckSubject, entry: HistoryEntry | undefined): SelectionBase => ({
  selection: selectionText(selection),
  entry: entry?.id,
  wasOpen: entry !== undefined && (!entry.isEncrypted || password !== undefined),
  hadApps: apps !== undefined,
});

const isSame = (before: SelectionBase, now: SelectionBase): boolean =>
  before.selection === now.selection && before.entry === now.entry && before.wasOpen === now.wasOpen && before.hadApps === now.hadApps;

function judge({ selection, apps }: CheckSubject, past: Past): Pick<SelectionCheck, 'unknown' | 'unsure'> {
  const everyApp = [...(apps ?? []), ...past.apps];
  const found = unknownTerms(selection, { apps: everyApp, domains: [...likelyDomains(everyApp), ...(past.domains ?? [])] });
  const isCertain = (term: SelectionTerm): boolean => {
    if (term.kind === 'app') return apps !== undefined && !term.bundleId.startsWith(systemPrefix);
    return term.kind !== 'category' && (past.domains !== undefined || parseDomain(term.domain).id === undefined);
  };
  return {
    unknown: found.filter(({ term }) => isCertain(term)).map(({ term, suggestion }) => ({ term: termText(term), suggestion: nearText(suggestion) })),
    unsure: found.filter(({ term }) => !isCertain(term)).map(({ term }) => termText(term)),
  };
}

/** All domains that begin so were hardly meant by one. */
function nearText(term: SelectionTerm | undefined): string | undefined {
  const text = term && termText(term);
  return text?.endsWith('*') === true ? undefined : text;
}

/** Domains that every device may have, and those of the apps. */
const likelyDomains = (apps: readonly AppDomains[]): string[] => [
  ...Object.keys(plainDomains),
  ...categories.flatMap(({ places }) => places.map(({ domain }) => domain)),
  ...apps.flatMap(({ bundleId, groups }) => [`AppDomain-${bundleId}`, ...groups.map((group) => `AppDomainGroup-${group}`)]),
];

/** What cannot be read of the last backup is not known; a run does not fail for it. */
async function pastOf(library: Library, entry: HistoryEntry | undefined, subject: CheckSubject): Promise<Past> {
  if (!entry) return { apps: [] };
  const apple = await orNothing(library.findAppleFolder(join(entry.path, entry.udid)));
  if (!apple) return { apps: [] };
  // The names of its apps stand in the open even where it is encrypted.
  const apps = appsOfBackup(apple.manifest, apple.info);
  const isClosed = entry.isEncrypted && subject.password === undefined;
  return { apps, ...(isClosed ? {} : await orNothing(contentOf(library, entry, apple.path, { ...subject, apps: subject.apps ?? apps }))) };
}

async function contentOf(library: Library, { date }: HistoryEntry, path: string, { selection, apps = [], password, signal }: CheckSubject): Promise<Omit<Past, 'apps'>> {
  const backup = await library.openBackup(path, password, signal);
  try {
    const alone = selection.include.slice(0, measuredTerms).map((term): Selection => ({ include: [term], exclude: [] }));
    const { cells, selections } = await library.measureContent(backup, { selections: [selection, ...alone], apps }, { signal });
    return { domains: [...sizesByDomain(cells).keys()], sizes: selections, date };
  } finally {
    await backup.close();
  }
}

async function orNothing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    return undefined;
  }
}

/** What belongs to which app, as the phone tells; `undefined` where it does not. */
export async function appDomains(device: DeviceConnection): Promise<AppDomains[] | undefined> {
  return (await unlessRefused(listApps(device)))?.map(({ bundleId, name, groups }) => ({ bundleId, name, groups, plugins: [] }));
}

/** The same before there is a run; a device that is not there or does not answer in time lists nothing. */
export async function checkAhead({ library, muxer }: RestoreDeps, { udid, selection, password }: SelectionRequest, signal?: AbortSignal): Promise<SelectionCheck> {
  const apps = await appsInTime(udid, muxer, signal);
  return await checkSelection(library, { udid, selection: parseSelection(selection), apps, password, signal });
}

async function appsInTime(udid: string, muxer: string | undefined, signal?: AbortSignal): Promise<AppDomains[] | undefined> {
  const deadline = AbortSignal.timeout(patience);
  try {
    const device = await openDevice(udid, { muxer, signal: signal ? AbortSignal.any([signal, deadline]) : deadline });
    try {
      return await appDomains(device);
    } finally {
      await device.close();
    }
  } catch (error) {
    const isOver = error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError');
    if (!(error instanceof EngineError) && !isOver) throw error;
    signal?.throwIfAborted();
    return undefined;
  }
}
