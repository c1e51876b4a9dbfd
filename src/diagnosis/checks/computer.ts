import type { DeviceSummary } from '../../device/types.ts';
import type { DraftEntry, HistoryEntry } from '../../library/types.ts';
import type { Diagnosed } from '../../shared/diagnosis-report.ts';
import { HostError } from '../../shared/errors.ts';
import type { Finding } from '../../shared/finding.ts';
import { found, foundByError, type Check } from './check.ts';
import type { CheckPorts } from './ports.ts';

const second = 1000;
/** A device begins only with so many bytes free beside its upload. */
const reserve = 128 * (1 << 20);
/** An incremental run sends about so much of the last backup, where nothing tells what has changed. */
const changedShare = 0.05;
/** Bytes a second and ms: slower than any disk that is fit for backups. */
const slowDisk = { rate: 4_000_000, ms: 250 } as const;

/** exFAT is none of these: it takes files of any size. */
const fatTypes: readonly string[] = ['fat', 'vfat', 'msdos'];
const networkTypes: readonly string[] = ['nfs', 'smb', 'cifs', 'afs', 'webdav'];

/** How long the disk may take to say anything at all. */
const hangAfter = 5 * second;
/** Ms. */
const pauseStep = 100;
/** How long a check of something else waits for the history. */
const patience = 3 * second;

const folder: Check = {
  id: 'folder',
  group: 'computer',
  title: 'Backup folder',
  good: 'The backup folder can be read and written.',
  deadline: hangAfter + 5 * second,
  run: async ({ disk }) => {
    return await Promise.race([placement(disk), pause(hangAfter, [found('disk.hangs')])]);
  },
};

const diskKind: Check = {
  id: 'disk-kind',
  group: 'computer',
  title: 'Kind of disk',
  good: 'The disk is of a kind that suits backups.',
  deadline: 5 * second,
  after: 'folder',
  run: async ({ disk }) => {
    const type = await disk.kind();
    if (type !== undefined && fatTypes.includes(type.toLowerCase())) return [found('disk.small-files', { type })];
    if (type !== undefined && networkTypes.includes(type.toLowerCase())) return [found('disk.network', { type })];
    if ((await disk.placement()).some(({ code }) => code === 'library.no-hard-links')) return [found('disk.no-links')];
    if (type === undefined) throw new HostError('host.not-told', 'The system does not tell the kind of the disk');
    return [];
  },
};

const diskSpeed: Check = {
  id: 'disk-speed',
  group: 'computer',
  title: 'Speed of the disk',
  good: 'The disk is fast enough.',
  deadline: 12 * second,
  after: 'folder',
  run: async ({ disk }) => {
    const { rate, ms } = await disk.speed();
    return rate < slowDisk.rate || ms > slowDisk.ms ? [found('disk.slow', { rate: Math.round(rate), ms: Math.round(ms) })] : [];
  },
};

const space: Check = {
  id: 'space',
  group: 'computer',
  title: 'Space for the next backup',
  good: 'The next backup fits on the disk.',
  deadline: 20 * second,
  after: 'folder',
  run: async (ports) => {
    const free = await ports.disk.free();
    const needed = ports.failed?.error.facts?.['needed'];
    const then = ports.failed?.error.facts?.['free'];
    if (typeof needed === 'number') return judgeDemand(needed, typeof then === 'number' ? then : free, usedBytes(await summaryOf(ports)));
    const likely = await likelyNeed(ports);
    if (free > likely) return [];
    const purgeable = await ports.disk.freeWithPurgeable();
    if (purgeable !== undefined && purgeable > likely) return [found('space.purgeable', { needed: likely, free, purgeable })];
    return [found('space.host', { needed: likely, free }, free <= reserve ? 'blocker' : 'warning')];
  },
};

export const computerChecks: readonly Check[] = [folder, diskKind, diskSpeed, space];

async function placement({ state, placement }: CheckPorts['disk']): Promise<Diagnosed[]> {
  try {
    const there = await state();
    if (there === 'missing') return [found('disk.missing')];
    return (await placement()).flatMap(ofPlacement);
  } catch (error) {
    return foundByError(error);
  }
}

const byErrno: Readonly<Record<string, string>> = {
  EROFS: 'disk.read-only',
  EACCES: 'disk.no-permission',
  EPERM: 'disk.no-permission',
  ENOTDIR: 'disk.not-a-folder',
  ENOENT: 'disk.missing',
  EIO: 'disk.failing',
};

/** A full disk refuses the probe too; that is the business of another check. */
function ofPlacement({ code, facts }: Finding): Diagnosed[] {
  const errno = typeof facts['error'] === 'string' ? facts['error'] : '';
  switch (code) {
    case 'library.in-cloud-folder':
      return [found('library.in-cloud', { provider: facts['provider'] ?? '' })];
    case 'library.in-git-folder':
      return [found('library.in-git')];
    case 'library.in-workspace':
      return [found('library.in-workspace')];
    case 'library.no-full-disk-access':
      return [found('disk.no-permission', { code: 'host.permission' })];
    case 'library.missing':
      return [found('disk.missing')];
    case 'library.unreadable':
    case 'library.read-only':
      return ['ENOSPC', 'EDQUOT'].includes(errno) ? [] : [found(byErrno[errno] ?? 'disk.failing', { errno })];
    default:
      return [];
  }
}

/**
 * A device cannot send more than it holds; newer iOS estimates generously, and names 2 GiB extra. Where not even what it
 * holds has room, the disk is too full in any case, and that comes first.
 */
function judgeDemand(needed: number, free: number, used: number | undefined): Diagnosed[] {
  if (used === undefined || needed <= used + reserve) return [found('space.host', { needed, free })];
  const overstated = found('space.overstated', { needed, used, free });
  return free > used + reserve ? [overstated] : [found('space.host', { needed: used + reserve, free }), overstated];
}

/** What the next run demands, as far as it is known: a first one everything, another one what has changed. */
async function likelyNeed(ports: CheckPorts): Promise<number> {
  const [transfer, base, received] = [await likelyTransfer(ports), await copiedBase(ports), await alreadyReceived(ports)];
  return reserve + Math.max(0, Math.round(transfer + base - received));
}

/** Bytes of the last backup that the next one takes along as copies, where the disk has no hard links. */
async function copiedBase(ports: CheckPorts): Promise<number> {
  const place = await soon<readonly Finding[]>(ports.disk.placement(), []);
  return place.some(({ code }) => code === 'library.no-hard-links') ? ((await lastWhole(ports))?.size ?? 0) : 0;
}

/** Bytes of an interrupted backup that the next run goes on from. */
async function alreadyReceived({ library, phone }: CheckPorts): Promise<number> {
  const drafts = await soon<readonly DraftEntry[]>(library.drafts(), []);
  const waiting = drafts.filter(({ isSetAside, udid }) => !isSetAside && (phone === undefined || udid === phone.udid));
  return waiting.reduce((sum, { bytes }) => sum + bytes, 0);
}

async function likelyTransfer(ports: CheckPorts): Promise<number> {
  const next = await nextBackup(ports);
  if (next?.transfer !== undefined) return next.transfer;
  const entries = await soon<readonly HistoryEntry[] | undefined>(ports.library.entries(), undefined);
  // A history that cannot be read may hold a backup that the next one builds on.
  if (!entries) return 0;
  const last = entries.find(isWhole);
  if (last) return last.size * changedShare;
  return next?.total ?? usedBytes(await summaryOf(ports)) ?? 0;
}

/** An estimate that fails is none. */
const nextBackup = ({ nextBackup: ask }: CheckPorts): ReturnType<CheckPorts['nextBackup']> => ask().catch(() => undefined);

/** Bytes of the whole next backup: by the estimate, by the last one, or all that the device holds. */
export async function wholeSize(ports: CheckPorts): Promise<number | undefined> {
  return (await nextBackup(ports))?.total ?? (await lastWhole(ports))?.size ?? usedBytes(await summaryOf(ports));
}

const summaryOf = ({ phone }: CheckPorts): Promise<DeviceSummary | undefined> => phone?.summary().catch(() => undefined) ?? Promise.resolve(undefined);

/** The answer of a disk that may hang; `otherwise` when there is none within seconds. */
export const soon = <T>(answer: Promise<T>, otherwise: T): Promise<T> => Promise.race([answer.catch(() => otherwise), pause(patience, otherwise)]);

/** The history, newest first; empty when the disk does not tell soon. */
export const entriesSoon = ({ library }: CheckPorts): Promise<readonly HistoryEntry[]> =>
  soon<readonly HistoryEntry[]>(library.entries(), []);

/** The newest backup of everything; none when the disk does not tell soon. */
export const lastWhole = async (ports: CheckPorts): Promise<HistoryEntry | undefined> => (await entriesSoon(ports)).find(isWhole);

const isWhole = ({ isComplete, kind }: HistoryEntry): boolean => isComplete && kind !== 'custom';

/** What the device tells; nothing when it does not tell soon. */
export const summarySoon = (ports: CheckPorts): Promise<DeviceSummary | undefined> => Promise.race([summaryOf(ports), pause(patience, undefined)]);

/** Bytes of data on the device: an upper bound of a backup. Figures that contradict each other tell nothing. */
export function usedBytes(summary: DeviceSummary | undefined): number | undefined {
  if (summary?.dataCapacity === undefined || summary.dataAvailable === undefined) return undefined;
  const used = summary.dataCapacity - summary.dataAvailable;
  return used >= 0 ? used : undefined;
}

/** In steps, so that a computer too busy to run this program takes its share: an answer that came meanwhile is heard before. */
async function pause<T>(ms: number, value: T): Promise<T> {
  for (let left = ms; left > 0; left -= pauseStep) await new Promise((resolve) => setTimeout(resolve, Math.min(left, pauseStep)).unref());
  return value;
}
