import type { DraftEntry, HistoryEntry, RunRecord } from '../../library/types.ts';
import type { Diagnosed } from '../../shared/diagnosis-report.ts';
import { errorFacts } from '../../shared/errors.ts';
import { compareVersions } from '../../shared/version.ts';
import { found, type Check } from './check.ts';
import { lastWhole, usedBytes } from './computer.ts';
import { automaticConditions } from './conditions.ts';
import type { LibraryPort, NamedFiles } from './ports.ts';

const second = 1000;
const day = 24 * 3600 * second;
const deadline = 10 * second;
/** Bytes of Manifest.db with which agents of devices were seen to run out of memory. */
const hugeManifest = 1_000_000_000;
/** Keys of backups are strong from this iOS on. */
const strongKeys = '10.2';
/** Ms; a run's own entry is dated before its end, by the same clock. */
const afterEnd = 60 * second;
/** Backups that have not come for so many days do not come by themselves. */
const stoppedAfter = 14;
const plists = ['Manifest.plist', 'Info.plist', 'Status.plist', 'Manifest.db'];

const library: Check = {
  id: 'library',
  group: 'library',
  title: 'History',
  good: 'The history can be read.',
  deadline,
  after: 'folder',
  run: async ({ library, disk }) => {
    if ((await disk.state()) !== 'there') return undefined;
    try {
      if (await library.isReadOnly()) return [found('library.newer')];
      await library.entries();
      return [];
    } catch (error) {
      return [found('library.unreadable', { code: errorFacts(error).code })];
    }
  },
};

const health: Check = {
  id: 'health',
  group: 'library',
  title: 'Health of the backups',
  good: 'The newest backup is whole, as far as was looked, and none is known to be damaged.',
  deadline,
  after: 'library',
  run: async ({ library }) => {
    const entries = await library.entries();
    const [newest] = entries;
    const drafts = (await library.drafts()).filter(({ isRunning }) => !isRunning);
    if (!newest && drafts.length === 0) return undefined;
    const ofDrafts = (await Promise.all(drafts.map((draft) => library.namedFiles(appleFolder(draft))))).flatMap((files) => emptyFiles(files, 'draft.empty-plist'));
    return [...(newest ? await ofNewest(newest, library) : []), ...knownDamage(entries), ...ofDrafts];
  },
};

const drafts: Check = {
  id: 'drafts',
  group: 'library',
  title: 'Interrupted backups',
  good: 'No backup is interrupted.',
  deadline,
  after: 'library',
  run: async ({ library }) => {
    const all = await library.drafts();
    if (all.some(({ isRunning }) => isRunning)) return [found('run.in-progress')];
    const [draft] = all;
    return draft ? [found('draft.waiting', { bytes: draft.bytes })] : [];
  },
};

const lastRun: Check = {
  id: 'last-run',
  group: 'library',
  title: 'Last run',
  good: 'The last run ended well.',
  deadline,
  after: 'library',
  run: async ({ library, failed }) => {
    const last = failed ?? (await library.lastRun());
    if (!last?.started) return [];
    const { job, started } = last;
    const end = 'error' in last ? undefined : last.end?.at;
    // One that is dated later was made or brought in afterwards.
    const isOfRun = ({ date }: HistoryEntry): boolean => date >= started && (end === undefined || date.getTime() <= end.getTime() + afterEnd);
    const entry = job === 'backup' ? (await library.entries()).find(isOfRun) : undefined;
    if (entry) return [found('run.is-there', { entry: entry.id })];
    return 'error' in last ? [] : endOf(last, (await library.drafts()).some(({ isRunning }) => isRunning));
  },
};

const password: Check = {
  id: 'password',
  group: 'library',
  title: 'Backup password',
  good: 'The stored password opens the newest encrypted backup.',
  deadline: 60 * second,
  after: 'library',
  run: async ({ library, password }) => {
    const newest = (await library.entries()).find(({ isEncrypted }) => isEncrypted);
    if (!newest) return undefined;
    const weak = newest.iosVersion !== undefined && compareVersions(newest.iosVersion, strongKeys) < 0;
    const old = weak ? [found('password.weak-keys', { ios: newest.iosVersion ?? '' })] : [];
    if (password === undefined) return old.length > 0 ? old : undefined;
    return (await library.opens(password)) === false ? [found('password.stored-wrong'), ...old] : old;
  },
};

const ios: Check = {
  id: 'ios',
  group: 'library',
  title: 'iOS of the backups',
  good: 'The device can take its newest backup back.',
  deadline: 20 * second,
  after: 'library',
  run: async ({ library, phone }) => {
    const [newest] = await library.entries();
    const backup = newest?.iosVersion;
    const device = (await phone?.summary())?.iosVersion;
    if (backup === undefined || device === undefined) return undefined;
    return compareVersions(backup, device) > 0 ? [found('backup.version', { backup, device })] : [];
  },
};

const size: Check = {
  id: 'size',
  group: 'library',
  title: 'Size of the last backup',
  good: 'The last backup is not larger than what the device holds.',
  deadline: 20 * second,
  after: 'library',
  run: async (ports) => {
    const last = await lastWhole(ports);
    const used = usedBytes(await ports.phone?.summary());
    if (!last || used === undefined) return undefined;
    return last.size > used * 1.1 ? [found('size.beyond-phone', { backup: last.size, used })] : [];
  },
};

const regular: Check = {
  id: 'regular',
  group: 'library',
  title: 'Regular backups',
  good: 'The last backup of the device is not old.',
  deadline: 20 * second,
  after: 'library',
  run: async (ports) => {
    const { phone, library, now } = ports;
    const [newest] = await library.entries();
    if (!phone || !newest) return undefined;
    const days = Math.floor((now.getTime() - newest.date.getTime()) / day);
    return days > stoppedAfter ? [found('backup.stopped', { days, ...(await automaticConditions(ports, phone)) })] : [];
  },
};

export const libraryChecks: readonly Check[] = [library, health, drafts, lastRun, password, ios, size, regular];

const appleFolder = ({ path, udid }: HistoryEntry | DraftEntry): string => `${path}/${udid}`;

async function ofNewest(newest: HistoryEntry, { namedFiles, oddValue }: LibraryPort): Promise<Diagnosed[]> {
  const files = await namedFiles(appleFolder(newest));
  const odd = await oddValue(appleFolder(newest));
  return [...emptyFiles(files, 'backup.empty-plist'), ...hugeList(files), ...(odd ? [found('backup.value-type', { ...odd })] : [])];
}

function emptyFiles(files: NamedFiles, row: string): Diagnosed[] {
  const file = plists.find((name) => files[name] === 0);
  return file === undefined ? [] : [found(row, { file })];
}

function hugeList(files: NamedFiles): Diagnosed[] {
  const bytes = files['Manifest.db'] ?? 0;
  return bytes > hugeManifest ? [found('manifest.memory', { bytes })] : [];
}

/** The newest of those that failed their last verification. */
function knownDamage(entries: readonly HistoryEntry[]): Diagnosed[] {
  const damaged = entries.find(({ verification }) => verification?.result === 'damaged');
  if (!damaged?.verification) return [];
  return [found('backup.damaged', { date: damaged.date.toISOString().slice(0, 10), count: damaged.verification.damagedFiles })];
}

/** A run that has told no end and that nobody works on was killed. */
function endOf({ end }: RunRecord, isRunning: boolean): Diagnosed[] {
  if (end) return [found('run.failed-before', { date: end.at.toISOString().slice(0, 10), code: end.code })];
  return isRunning ? [] : [found('run.killed')];
}
