import { setTimeout as sleep } from 'node:timers/promises';
import { afcMode, afcStatus, isAfcError, openDevice, readDeviceSummary, type AfcClient } from '../device/index.ts';
import { asDict, emptyDict, writeXmlPlist } from '../plist/index.ts';
import type { EntryFolder } from '../library/index.ts';
import { runRestore, type ConversationResult, type LinkTimings } from '../mobilebackup2/index.ts';
import { DataError } from '../shared/errors.ts';
import type { Finding, RestoreRequest, RestoreResult } from './api.ts';
import { withBackupAgent, type BackupAgent } from './backup-agent.ts';
import { followConversation } from './conversation-progress.ts';
import type { JobContext } from './job-context.ts';
import { restoreFindings } from './restore-findings.ts';
import { backupFacts, findSource, type RestoreSource, type Sources } from './restore-source.ts';
import { waitForReturn } from './return-watch.ts';

export interface RestoreDeps extends Sources {
  readonly muxer: string | undefined;
  /** Deadlines of the conversation with the phone; the usual ones when absent. */
  readonly timings?: Partial<LinkTimings> | undefined;
}

/** What speaks against this restore, before anything is changed. */
export async function preflightRestore(deps: RestoreDeps, request: RestoreRequest, signal?: AbortSignal): Promise<Finding[]> {
  const source = await findSource(deps.library, request.source);
  const [backup, device] = await Promise.all([
    backupFacts(deps, source, request.password, signal),
    readDeviceSummary(request.udid, { muxer: deps.muxer, signal }),
  ]);
  return restoreFindings(backup, device, request.options);
}

/** Writes a backup to a phone and waits until it is back after its restart. Throws `data.blocked` when the preflight forbids it. */
export async function restore(deps: RestoreDeps, request: RestoreRequest, job: JobContext): Promise<RestoreResult> {
  job.progress.phase('preparing');
  const findings = await preflightRestore(deps, request, job.signal);
  deps.look.forget();
  const blocker = findings.find((finding) => finding.severity === 'blocker');
  if (blocker) throw new DataError('data.blocked', 'The preflight forbids this restore', { subject: blocker.code });
  const source = await findSource(deps.library, request.source);
  const folder = await deps.library.openForRestore(source.apple, request.udid);
  try {
    return await converse(deps, { request, source, folder }, job);
  } finally {
    await folder.close();
  }
}

interface RestoreRun {
  readonly request: RestoreRequest;
  readonly source: RestoreSource;
  readonly folder: EntryFolder;
}

async function converse(deps: RestoreDeps, run: RestoreRun, job: JobContext): Promise<RestoreResult> {
  const { udid, options } = run.request;
  job.progress.phase('connecting');
  const device = await openDevice(udid, { muxer: deps.muxer, signal: job.signal });
  try {
    const result = await withBackupAgent(device, job, { needsSyncLock: true, timings: deps.timings }, (agent) => send(agent, run, job));
    const deviceReturned = options.reboot ? await watchRestart(deps, device.device.deviceId, udid, job) : false;
    job.progress.phase('finished');
    return { deviceReturned, bytes: result.bytes, files: result.files };
  } finally {
    await device.close();
  }
}

async function send({ link, afc }: BackupAgent, { request, source, folder }: RestoreRun, job: JobContext): Promise<ConversationResult> {
  const appsFile = request.options.reinstallApps && afc ? await leaveAppList(afc, source) : undefined;
  try {
    const { systemFiles, reboot, preserveSettings, removeItemsNotRestored } = request.options;
    return await runRestore(link, folder, {
      udid: request.udid,
      sourceId: source.apple.udid,
      password: request.password,
      options: { systemFiles, reboot, preserveSettings, removeItemsNotRestored },
      onEvent: followConversation(job.progress, job.listener),
    });
  } catch (error) {
    await appsFile?.remove().catch(() => undefined);
    throw error;
  }
}

const appsFolder = '/iTunesRestore';
const appsPath = `${appsFolder}/RestoreApplications.plist`;

/** Tells the phone which apps to install again: the `Applications` of Info.plist, as iTunes leaves them. */
async function leaveAppList(afc: AfcClient, source: RestoreSource): Promise<{ remove(): Promise<void> } | undefined> {
  const applications = asDict(source.apple.info?.dict['Applications']);
  if (!applications || Object.keys(applications).length === 0) return undefined;
  await afc.makeDirectory(appsFolder).catch((error: unknown) => {
    if (!isAfcError(error, afcStatus.exists)) throw error;
  });
  const file = await afc.open(appsPath, afcMode.writeTruncate);
  try {
    await file.write(writeXmlPlist(Object.assign(emptyDict(), applications)));
  } finally {
    await file.close();
  }
  return {
    remove: async () => {
      await afc.remove(appsPath);
      await afc.remove(appsFolder);
    },
  };
}

const restartPatience = 15 * 60_000;

/** The phone leaves within seconds of its verdict and comes back after minutes; what it restored is in place only then. */
async function watchRestart(deps: RestoreDeps, deviceId: number, udid: string, job: JobContext): Promise<boolean> {
  job.progress.phase('restarting');
  await sleep(500, undefined, { signal: job.signal }).catch(() => undefined);
  return await waitForReturn({ muxer: deps.muxer, udid, deviceId, patience: restartPatience, signal: job.signal });
}
