import type { DeviceSummary } from '../device/types.ts';
import type { BackupRequest } from '../jobs/api.ts';
import type { HistoryEntry } from '../library/types.ts';
import { backupsOfPlan, expiredBackups, isComplete, matchDevices, notDue, type NotDue, type Plan } from '../plans/index.ts';
import { ConnectionError, errorFacts } from '../shared/errors.ts';
import { UsageError } from './command.ts';
import { failureText } from './failure.ts';
import { SecretReader } from './secrets.ts';
import type { Session } from './session.ts';

/** The device to back up, or why a run by a plan does not begin, in words. */
export type Due = { readonly device: DeviceSummary } | { readonly wait: readonly string[] };

/** The device to back up now, or why a plan that runs only when it is due does not run. */
export async function dueDevice(plan: Plan, udid: string | undefined, session: Session): Promise<Due> {
  try {
    const device = await deviceOfPlan(plan, udid, session);
    const wait = await reasonsToWait(plan, device, session);
    return wait.length > 0 ? { wait } : { device };
  } catch (error) {
    // A phone that is out of the house is no failure of the night's timer.
    if (error instanceof ConnectionError && error.code === 'device.gone') return { wait: ['the device is not connected'] };
    throw error;
  }
}

/** The one connected device that the plan means. Throws `device.gone`, or `UsageError` where several could be meant. */
export async function deviceOfPlan(plan: Plan, udid: string | undefined, session: Session): Promise<DeviceSummary> {
  const devices = matchDevices(udid ?? plan.device, await session.engine.devices(session.io.signal));
  const [device, second] = devices;
  if (!device) throw new ConnectionError('device.gone', 'The device of the plan is not connected', { subject: udid ?? plan.device });
  const ids = devices.map((each) => each.udid).join(', ');
  if (second) throw new UsageError(`The plan fits several connected devices; choose one with --udid: ${ids}`);
  return device;
}

/** What keeps a plan from being due now; nothing for a plan without a schedule. */
async function reasonsToWait(plan: Plan, device: DeviceSummary, session: Session, now = new Date()): Promise<string[]> {
  if (!plan.schedule) return [];
  const { entries } = await session.engine.history();
  const [last] = backupsOfPlan(plan, entries, device.udid);
  return notDue(plan.schedule, device, last?.date, now).map(waitText);
}

function waitText(reason: NotDue): string {
  switch (reason.code) {
    case 'too-early':
      return `the next backup is due at ${reason.next.toISOString()}`;
    case 'connection':
      return `the device is not connected by ${reason.wanted === 'usb' ? 'USB' : 'Wi-Fi'}`;
    case 'not-charging':
      return 'the device is not charging';
    case 'battery':
      return `the battery is below ${reason.wanted} %${reason.battery === undefined ? ' or unknown' : ` (${reason.battery} %)`}`;
  }
}

type PlannedRequest = Pick<BackupRequest, 'encryption' | 'password' | 'selection'>;

/** What a plan asks of a backup; a password is read when one is needed, before anything is asked of the device. */
export async function requestOfPlan(plan: Plan, device: DeviceSummary, session: Session): Promise<PlannedRequest> {
  const isOn = device.encryption === 'on';
  if (plan.encrypted === false && isOn) {
    throw new UsageError('The plan says "encrypted: false", but the device encrypts its backups; see "iphone-backup encryption off"');
  }
  const password = await passwordFor(plan, isOn, new SecretReader(session.io));
  return {
    encryption: plan.encrypted === true ? 'on' : 'keep',
    password,
    ...(isComplete(plan) ? {} : { selection: plan.selection }),
  };
}

/** A new one where encryption is switched on, the one in use where the manifest must be read. */
async function passwordFor(plan: Plan, isOn: boolean, secrets: SecretReader): Promise<string | undefined> {
  if (plan.encrypted === true && !isOn) return await secrets.readNew('Password for encrypted backups');
  return isOn && !isComplete(plan) ? await secrets.read('Backup password') : undefined;
}

/** Moves what the plan's retention does not keep to the trash, and answers it; what cannot be moved is told and stays. */
export async function applyRetention(plan: Plan, udid: string, { engine, io }: Session, now = new Date()): Promise<HistoryEntry[]> {
  if (!plan.retention) return [];
  const { entries } = await engine.history();
  const removed: HistoryEntry[] = [];
  for (const entry of expiredBackups(backupsOfPlan(plan, entries, udid), plan.retention, now)) {
    try {
      await engine.delete({ udid: entry.udid, id: entry.id });
      removed.push(entry);
    } catch (error) {
      io.stderr.write(`${entry.id}: ${failureText(errorFacts(error), 'delete')}\n`);
    }
  }
  return removed;
}
