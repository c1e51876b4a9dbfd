import { openDevice, readPhoneTime, type DeviceConnection } from '../device/index.ts';
import { answerAt, type BackupSizes, type LastBackup } from '../estimate/index.ts';
import type { HistoryEntry } from '../library/index.ts';
import { withDeadline } from '../shared/cancel.ts';
import { ConnectionError, EngineError } from '../shared/errors.ts';
import type { Estimate, EstimateSourceId } from '../shared/estimate.ts';
import type { EstimateRequest } from './api.ts';
import { noteAppSizes, readAppSizes } from './app-sizes.ts';
import { demandOf, namesDemand } from './demand.ts';
import { readDeviceFacts } from './device-facts.ts';
import { readEncryption } from './encryption-job.ts';
import { EstimateBoard } from './estimate-board.ts';
import { completeOnes, diskOf, earlierRuns, phoneDateOf, readApps, readBackupSizes, readUsage, runsLike, walkCamera, type EstimateLibrary } from './estimate-sources.ts';
import type { JobContext } from './job-context.ts';

/** Deadlines of the phone's answers, in ms: sizes of apps are computed one by one, in silence. */
const appsLimit = 240_000;
const usageLimit = 30_000;

export interface EstimateDeps {
  readonly library: EstimateLibrary;
  readonly muxer: string | undefined;
}

const ofDevice: readonly EstimateSourceId[] = ['apps', 'disk-usage', 'camera-roll'];

/**
 * What an estimate may take: everything; only what leaves no trace on the disk, so that apps are asked for their sizes only
 * where no backup tells them; or the records of the history alone, which takes a moment and leaves the phone in peace.
 */
export type EstimateMeans = 'all' | 'reading' | 'history';

/** Asks all sources at once and reports what is known so far as `estimate` events. Throws only when nothing is known: no device and no backup. */
export async function estimate(deps: EstimateDeps, request: EstimateRequest, job: JobContext, means: EstimateMeans = 'all'): Promise<Estimate> {
  const board = new EstimateBoard(request.udid, ['last-backup', 'earlier-runs', ...ofDevice, 'demand'], job);
  try {
    board.changed();
    job.progress.phase('scanning');
    const last = await readHistory(deps, request, board);
    if (means === 'reading' && last) board.leaveOut('apps');
    if (means === 'history') for (const id of ['last-backup', ...ofDevice, 'demand'] as const) board.leaveOut(id);
    else await Promise.all([readLast(deps, request, last, board, job), readDevice(deps, request, last, board, job)]);
    job.progress.phase('finished');
    return board.end();
  } finally {
    board.stop();
  }
}

/** Answers the newest complete backup. */
async function readHistory({ library }: EstimateDeps, { udid }: EstimateRequest, board: EstimateBoard): Promise<HistoryEntry | undefined> {
  let last: HistoryEntry | undefined;
  await board.follow('earlier-runs', async () => {
    const { facts } = board;
    const entries = await library.entries(udid);
    facts.runs = earlierRuns(entries);
    [last] = completeOnes(entries);
    if (last) {
      facts.last = lastOf(last, undefined);
      facts.deviceName = last.deviceName;
      facts.iosVersion = last.iosVersion;
      facts.isEncrypted = last.isEncrypted;
    }
    facts.disk = await diskOf(library.folder);
  });
  return last;
}

const lastOf = ({ id, date, size, isEncrypted }: HistoryEntry, sizes: BackupSizes | undefined): LastBackup => ({ id, date, size, isEncrypted, sizes });

async function readLast({ library }: EstimateDeps, { password }: EstimateRequest, last: HistoryEntry | undefined, board: EstimateBoard, job: JobContext): Promise<void> {
  if (!last) return board.skip('last-backup');
  if (last.isEncrypted && password === undefined) return board.skip('last-backup', { code: 'estimate.last-closed', severity: 'info', facts: { size: last.size } });
  await board.follow('last-backup', async () => {
    const sizes = await readBackupSizes(library, last, password, job);
    board.facts.last = lastOf(last, sizes);
  });
}

async function readDevice(deps: EstimateDeps, request: EstimateRequest, last: HistoryEntry | undefined, board: EstimateBoard, job: JobContext): Promise<void> {
  let device: DeviceConnection;
  try {
    device = await openDevice(request.udid, { muxer: deps.muxer, signal: job.signal });
  } catch (error) {
    if (!last || !(error instanceof EngineError) || job.signal.aborted) throw error;
    for (const id of ofDevice) board.fail(id, error);
    return board.skip('demand');
  }
  try {
    await readIdentity(device, board);
    await Promise.all([
      board.follow('apps', () => askApps(device, deps, last, board, job)),
      board.follow('disk-usage', async () => void (board.facts.usage = await inTime(readUsage(device), usageLimit, job))),
      board.follow('camera-roll', () => readCamera(device, deps, last, board, job)),
    ]);
    await askDemand(device, request, board, job);
  } finally {
    await device.close();
  }
}

async function readIdentity(device: DeviceConnection, board: EstimateBoard): Promise<void> {
  const { deviceName, iosVersion } = await readDeviceFacts(device);
  board.facts.deviceName = deviceName;
  board.facts.iosVersion = iosVersion;
  board.facts.runs = runsLike(board.facts.runs, device.device.connection);
  board.facts.phoneTime = (await readPhoneTime(device).catch(() => undefined)) ?? board.facts.phoneTime;
  board.facts.isEncrypted = await readEncryption(device).catch(() => board.facts.isEncrypted);
  board.changed();
}

/** Keeps the answer, so that a later estimate sees which apps have grown since a backup. */
async function askApps(device: DeviceConnection, { library }: EstimateDeps, last: HistoryEntry | undefined, board: EstimateBoard, job: JobContext): Promise<void> {
  const earlier = last ? await readAppSizes(library.folder, device.udid) : [];
  const apps = await inTime(readApps(device), appsLimit, job);
  if (last) {
    board.facts.appsBefore = answerAt(earlier, last.date);
    if (!library.isReadOnly) await noteAppSizes(library.folder, device.udid, earlier, board.facts.at, apps);
  }
  board.facts.apps = apps;
}

async function readCamera(device: DeviceConnection, { library }: EstimateDeps, last: HistoryEntry | undefined, board: EstimateBoard, job: JobContext): Promise<void> {
  const since = last && (await phoneDateOf(library, last).catch(() => last.date));
  const isComplete = await walkCamera(device, since, job, (tally) => {
    board.facts.camera = tally;
    board.changed();
  });
  if (!isComplete) board.note({ code: 'estimate.walk-incomplete', severity: 'warning', facts: { files: board.facts.camera?.files ?? 0 } });
}

async function askDemand(device: DeviceConnection, request: EstimateRequest, board: EstimateBoard, job: JobContext): Promise<void> {
  if (!request.experiment) return board.skip('demand');
  const { iosVersion, disk } = board.facts;
  if (!namesDemand(iosVersion)) return board.skip('demand', { code: 'estimate.demand-needs-ios', severity: 'info', facts: { ios: iosVersion ?? '' } });
  await board.follow('demand', async () => {
    board.facts.demand = await demandOf(device, BigInt(Math.trunc(disk?.free ?? 0)), job);
  });
  if (board.facts.demand === undefined && board.facts.sources.get('demand')?.state === 'done') {
    board.skip('demand', { code: 'estimate.demand-unnamed', severity: 'info', facts: {} });
  }
}

function inTime<T>(work: Promise<T>, ms: number, job: JobContext): Promise<T> {
  return withDeadline(work, ms, () => new ConnectionError('link.silent', `The device did not answer for ${ms / 1000} s`), job.signal);
}
