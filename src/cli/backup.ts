import type { DeviceSummary } from '../device/types.ts';
import type { BackupRequest } from '../jobs/api.ts';
import type { HistoryEntry } from '../library/types.ts';
import type { Selection } from '../shared/selection.ts';
import { UsageError, type Command, type CommandIo } from './command.ts';
import { exitCode } from './exit-codes.ts';
import { formatBytes, formatDuration } from './format.ts';
import { commonHelp, commonOptions, readOptions } from './options.ts';
import { SecretReader } from './secrets.ts';
import { selectionHelp, selectionOf, selectionOptions } from './selection-options.ts';
import { deviceLabel, withSession } from './session.ts';

const options = {
  ...commonOptions,
  ...selectionOptions,
  full: { type: 'boolean', default: false },
  encrypted: { type: 'boolean', default: false },
  usb: { type: 'boolean', default: false },
  wifi: { type: 'boolean', default: false },
} as const;

export const backupCommand: Command = {
  name: 'backup',
  summary: 'Back up a device into the history',
  help: `Usage: iphone-backup backup [options]

Backs up a device. Only what changed since its last backup is sent, yet every entry of the history is complete.
An interrupted backup is gone on with.

  --full           have the device send everything again
  --encrypted      encrypted backup; where encryption is off it is switched on first, which is a lasting setting of the
                   device. The password is asked for, or read as a line of standard input
  --usb, --wifi    use only this connection
${selectionHelp}

A custom backup (--only, --except) saves disk afterwards, hardly time: the device sends all of its backup and wants room for
it. It can be restored, which leaves everything else on the device as it is. On a device with encrypted backups the backup
password is asked for, or read as a line of standard input. Health, Home and Wi-Fi networks are in encrypted backups only.

${commonHelp}`,
  async run(args, io) {
    const { values } = readOptions(args, options, 0);
    if (values.usb && values.wifi) throw new UsageError('Choose one of --usb and --wifi');
    const wish: BackupWish = {
      selection: selectionOf(values),
      full: values.full,
      encrypted: values.encrypted,
      connection: values.usb ? 'usb' : values.wifi ? 'network' : undefined,
    };
    return await withSession(values, io, async (session) => {
      const device = await session.device();
      const password = await readPassword(device, wish, io);
      const request = requestOf(device, wish, password);
      const entry = await session.run((run) => session.engine.backup(request, run));
      session.print({ entry }, `Backed up ${deviceLabel(device)}: ${entryWords(entry)}`);
      return exitCode.ok;
    });
  },
};

/** What a person wants of a run, from options or from a plan. */
export interface BackupWish {
  readonly selection: Selection | undefined;
  readonly full: boolean;
  readonly encrypted: boolean;
  readonly connection: BackupRequest['connection'];
}

export const requestOf = (device: DeviceSummary, wish: BackupWish, password: string | undefined): BackupRequest => ({
  udid: device.udid,
  full: wish.full,
  encryption: wish.encrypted ? 'on' : 'keep',
  password,
  connection: wish.connection,
  selection: wish.selection,
});

/** A new password where encryption is switched on; the present one where the manifest must be read to prune it. */
export async function readPassword(device: DeviceSummary, wish: BackupWish, io: CommandIo): Promise<string | undefined> {
  const isOn = device.encryption === 'on';
  if (wish.encrypted && !isOn) return await new SecretReader(io).readNew('Password for encrypted backups');
  return wish.selection && isOn ? await new SecretReader(io).read('Backup password') : undefined;
}

export function entryWords(entry: HistoryEntry): string {
  const time = entry.duration === undefined ? '' : ` in ${formatDuration(entry.duration)}`;
  const own = `${formatBytes(entry.ownSize)} of its own`;
  const { leftOut } = entry;
  const without = leftOut ? `; without ${leftOut.files} files, ${formatBytes(leftOut.bytes)}` : '';
  return `${entry.id}, ${entry.files} files, ${formatBytes(entry.size)} (${own})${time}${entry.isEncrypted ? ', encrypted' : ''}${without}`;
}
