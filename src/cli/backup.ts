import type { DeviceSummary } from '../device/types.ts';
import type { BackupRequest } from '../jobs/api.ts';
import type { HistoryEntry } from '../library/types.ts';
import { EngineError } from '../shared/errors.ts';
import { UsageError, type Command, type CommandIo } from './command.ts';
import { exitCode } from './exit-codes.ts';
import { showFindings } from './failure.ts';
import { formatBytes, formatDuration } from './format.ts';
import { commonHelp, commonOptions, readOptions } from './options.ts';
import { applyRetention, deviceOfPlan, dueDevice, requestOfPlan } from './plan-backup.ts';
import { libraryOf, loadPlan } from './plan-file.ts';
import { SecretReader } from './secrets.ts';
import { selectionHelp, selectionOf, selectionOptions } from './selection-options.ts';
import { deviceLabel, withSession, type Session } from './session.ts';

const options = {
  ...commonOptions,
  ...selectionOptions,
  full: { type: 'boolean', default: false },
  encrypted: { type: 'boolean', default: false },
  password: { type: 'boolean', default: false },
  'password-is-new': { type: 'boolean', default: false },
  usb: { type: 'boolean', default: false },
  wifi: { type: 'boolean', default: false },
  plan: { type: 'string' },
  'if-due': { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof readOptions<typeof options>>['values'];

export const backupCommand: Command = {
  name: 'backup',
  summary: 'Back up a device into the history',
  help: `Usage: iphone-backup backup [options]
       iphone-backup backup --plan FILE [--if-due] [options]

Backs up a device. Only what changed since its last backup is sent, yet every entry of the history is complete. A device
that does not know this computer is asked to trust it first. An interrupted backup is gone on with.

  --full           have the device send everything again
  --encrypted      encrypted backup; where encryption is off it is switched on first, which is a lasting setting of the
                   device. The password is asked for, or read as a line of standard input
  --password       ask for the backup password of a device whose backups are encrypted, or read it as a line of standard
                   input: the new backup is then compared with its own list of files at once
  --password-is-new
                   the backup password was changed since the newest encrypted backup: a custom backup is not refused because
                   the password does not open that one
  --usb, --wifi    use only this connection
${selectionHelp}
  --plan FILE      what a plan file says: device, selection, encryption, library, and which older backups of the plan
                   go to the trash afterwards; --udid and --library count more
  --if-due         with --plan: do nothing unless the schedule of the plan is met and its device is there, and say why;
                   for cron, launchd and the Task Scheduler

A custom backup (--only, --except) saves disk afterwards, hardly time: the device sends all of its backup and wants room for
it. It can be restored, which leaves everything else on the device as it is. On a device with encrypted backups the backup
password is asked for, or read as a line of standard input. Health, Home and Wi-Fi networks are in encrypted backups only.

${commonHelp}`,
  async run(args, io) {
    const { values } = readOptions(args, options, 0);
    if (values.usb && values.wifi) throw new UsageError('Choose one of --usb and --wifi');
    if (values.plan !== undefined) return await runPlan(values.plan, values, io);
    if (values['if-due']) throw new UsageError('--if-due needs --plan');
    const selection = selectionOf(values);
    return await withSession(values, io, async (session) => {
      const device = await session.trusted(await session.device());
      const encryption = values.encrypted ? 'on' : 'keep';
      const password = await readPassword(device, { encryption, isNeeded: selection !== undefined || values.password }, io);
      await run(session, device, { ...requestOf(device, values), encryption, password, selection });
      return exitCode.ok;
    });
  },
};

/** A new password where encryption is switched on; the present one where the manifest must be read. */
async function readPassword(
  device: DeviceSummary,
  { encryption, isNeeded }: Pick<BackupRequest, 'encryption'> & { readonly isNeeded: boolean },
  io: CommandIo,
): Promise<string | undefined> {
  const isOn = device.encryption === 'on';
  if (encryption === 'on' && !isOn) return await new SecretReader(io).readNew('Password for encrypted backups');
  return isNeeded && isOn ? await new SecretReader(io).read('Backup password') : undefined;
}

async function runPlan(file: string, values: Values, io: CommandIo): Promise<number> {
  if (selectionOf(values) ?? values.encrypted) throw new UsageError('A plan says what to back up: leave --only, --except and --encrypted out');
  const plan = await loadPlan(file);
  return await withSession({ ...values, library: libraryOf(plan, values.library) }, io, async (session) => {
    const due = values['if-due'] ? await dueDevice(plan, values.udid, session) : { device: await session.trusted(await deviceOfPlan(plan, values.udid, session)) };
    if ('wait' in due) {
      session.print({ notDue: due.wait }, `Not due: ${due.wait.join('; ')}.`);
      return exitCode.ok;
    }
    const { device } = due;
    const request = await requestOfPlan(plan, device, session);
    await run(session, device, { ...requestOf(device, values), ...request }, () => applyRetention(plan, device.udid, session));
    return exitCode.ok;
  });
}

/** Backs up and says so; `afterwards` answers what then went to the trash. */
async function run(session: Session, device: DeviceSummary, request: BackupRequest, afterwards: () => Promise<readonly HistoryEntry[]> = () => Promise.resolve([])): Promise<void> {
  const { problems } = await session.engine.history();
  showFindings(problems.filter(({ severity }) => severity !== 'info'), session.io, session.isJson);
  const entry = await session.run((jobRun) => session.engine.backup(request, jobRun)).catch((error: unknown) => hint(error, request, session));
  const trashed = await afterwards();
  const lines = [`Backed up ${deviceLabel(device)}: ${entryWords(entry)}`, ...trashed.map(({ id }) => `Moved to the trash, as the plan says: ${id}`)];
  session.print({ entry, trashed: trashed.map(({ id }) => id) }, lines.join('\n'));
}

/** Tells the way on where a password may have been refused for being new. */
function hint(error: unknown, { selection, passwordIsNewer }: BackupRequest, { io }: Session): never {
  const isRefused = error instanceof EngineError && error.code === 'data.password' && selection !== undefined && passwordIsNewer !== true;
  if (isRefused) io.stderr.write('If the password was changed since the newest backup, say so with --password-is-new.\n');
  throw error;
}

const requestOf = ({ udid }: DeviceSummary, values: Values) =>
  ({ udid, full: values.full, passwordIsNewer: values['password-is-new'], connection: connectionOf(values) }) satisfies Partial<BackupRequest>;

const connectionOf = ({ usb, wifi }: Pick<Values, 'usb' | 'wifi'>): BackupRequest['connection'] => (usb ? 'usb' : wifi ? 'network' : undefined);

function entryWords(entry: HistoryEntry): string {
  const time = entry.duration === undefined ? '' : ` in ${formatDuration(entry.duration)}`;
  const own = `${formatBytes(entry.ownSize)} of its own`;
  const { leftOut } = entry;
  const without = leftOut ? `; without ${leftOut.files} files, ${formatBytes(leftOut.bytes)}` : '';
  const lack = entry.missing === undefined ? '' : `; INCOMPLETE: ${entry.missing} files of its own list did not arrive`;
  return `${entry.id}, ${entry.files} files, ${formatBytes(entry.size)} (${own})${time}${entry.isEncrypted ? ', encrypted' : ''}${without}${lack}`;
}
