import { asBoolean, asDict, type PlistDict } from '../../../plist/index.ts';
import { mbError } from '../../../format/mb-errors.ts';
import type { BackupStatus } from '../../../format/names.ts';
import { AgentError, LinkEnded } from '../errors.ts';
import type { HostFolder, ListedEntry } from '../link/host-folder.ts';
import { backupKeys } from '../state/backup-keys.ts';
import { RowSet } from '../state/row-set.ts';
import { forgetSnapshot, rememberSnapshot, Snapshot } from '../state/snapshot.ts';
import type { BackupContext } from './backup-context.ts';
import { fetchManifest, fetchStatus, usefulness } from './base.ts';
import { uploadContent } from './content-upload.ts';
import { createFolders } from './folders.ts';
import { requireOk } from './host-files.ts';
import { leaveSnapshot } from './leftover.ts';
import { uploadManifest } from './manifest-upload.ts';
import { mark } from './marks.ts';
import { moveSnapshot } from './moves.ts';
import { checkBackupAllowed } from './preconditions.ts';
import { removeLeftovers } from './removals.ts';
import { finishInterrupted, presentRows, resumableSnapshot } from './resume.ts';
import { scanPhone } from './scan.ts';
import { checkSpace } from './space.ts';
import { verifyBackup } from './verify.ts';

/** Indices of iOS 9 and older that a new backup replaces. */
const obsoleteIndices = ['Manifest.mbdx', 'Manifest.mbdb'];

/** The `Backup` request, full or incremental as the host's folder allows. */
export async function runBackup(host: HostFolder, request: PlistDict): Promise<void> {
  const { phone, faults } = host.link;
  faults.counted = 'uploads';
  await checkBackupAllowed(phone, request, host.link.reader.gone);
  const keys = await backupKeys(phone);
  const context: BackupContext = { phone, host, udid: phone.identity.udid, keys, date: phone.now() };
  const isForced = asBoolean(asDict(request['Options'])?.['ForceFullBackup']) ?? false;
  try {
    const start = await prepare(context, isForced);
    rememberSnapshot(phone, start.snapshot);
    await sendBackup(context, start);
    forgetSnapshot(phone);
  } catch (error) {
    if (error instanceof LinkEnded) leaveSnapshot(phone);
    throw error;
  }
}

interface Start {
  readonly snapshot: Snapshot;
  /** Rows of an interrupted run that the host still has. */
  readonly present: RowSet;
  /** Old indices to remove at the end. */
  readonly obsolete: readonly string[];
  /** Where a backup in an old format was moved. */
  readonly setAside: string | undefined;
}

/** Looks at what the host has and decides what kind of run this is. */
async function prepare(context: BackupContext, isForced: boolean): Promise<Start> {
  const status = await fetchStatus(context);
  const use = status ? usefulness(status) : 'unusable';
  const mayContinue = status !== undefined && use === 'usable' && !isForced;
  const previous = mayContinue && status.snapshotState === 'finished' ? await fetchManifest(context) : undefined;
  const listed = (await context.host.list(`${context.udid}/Snapshot`)) ?? [];
  const top = (await context.host.list(context.udid)) ?? [];
  if (mayContinue && top.length === 0) throw new AgentError(mbError.damaged, 'Error reading backup properties', 'The backup directory is empty');
  const obsolete = obsoleteIndices.filter((name) => top.some((entry) => entry.name === name));
  if (mayContinue && status.snapshotState !== 'finished') {
    const resumed = await resume(context, status, listed);
    return resumed ? { ...resumed, obsolete, setAside: undefined } : prepare(context, status.snapshotState === 'uploading');
  }
  const setAside = use === 'old' ? await moveAside(context) : undefined;
  forgetSnapshot(context.phone);
  const uuid = previous !== undefined && status ? status.uuid : context.phone.randomUuid('backup.uuid');
  const snapshot = new Snapshot(uuid, previous === undefined, context.keys.keybag.bytes, { previous });
  return { snapshot, present: new RowSet(), obsolete, setAside };
}

/** Goes on with an interrupted run. `undefined` when the next step is a run of its own. */
async function resume(context: BackupContext, status: BackupStatus, listed: readonly ListedEntry[]): Promise<Pick<Start, 'snapshot' | 'present'> | undefined> {
  if (status.snapshotState !== 'uploading') {
    await finishInterrupted(context, status, listed);
    return undefined;
  }
  const known = resumableSnapshot(context, status);
  if (!known) return undefined;
  const present = await presentRows(context, known, listed);
  const snapshot = new Snapshot(known.uuid, known.isFull, known.keybag, known.release());
  return { snapshot, present };
}

/** Renames a folder in the format before iOS 10 to `<UDID>-yyyyMMdd-HHmmss`. */
async function moveAside({ host, udid, date }: BackupContext): Promise<string> {
  const to = `${udid}-${date.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}`;
  requireOk(await host.move({ [udid]: to }, { progress: 0 }), 'Error moving old backup');
  return to;
}

/** All phases that change the host's folder, with their marks. */
async function sendBackup(context: BackupContext, { snapshot, present, obsolete, setAside }: Start): Promise<void> {
  const plan = await scanPhone(context, snapshot, present);
  await checkSpace(context, plan.bytes);
  if (!context.phone.moods.skipFolders) await createFolders(context);
  await mark(context, snapshot, 'uploading');
  await uploadContent(context, snapshot, plan);
  const manifest = await uploadManifest(context, snapshot);
  await mark(context, snapshot, 'moving');
  await moveSnapshot(context, snapshot);
  await mark(context, snapshot, 'removing');
  await removeLeftovers(context, snapshot, obsolete);
  const status = await mark(context, snapshot, 'finished');
  if (setAside !== undefined) requireOk(await context.host.remove([setAside], { progress: 100 }), 'Error removing old backup');
  await verifyBackup(context, status, manifest);
}
