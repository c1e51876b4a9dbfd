import type { HistoryEntry } from '../library/types.ts';
import { UsageError, type Command } from './command.ts';
import { exitCode } from './exit-codes.ts';
import { formatBytes, formatDuration } from './format.ts';
import { commonHelp, commonOptions, readOptions } from './options.ts';
import { SecretReader } from './secrets.ts';
import { deviceLabel, withSession } from './session.ts';

const options = {
  ...commonOptions,
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

${commonHelp}`,
  async run(args, io) {
    const { values } = readOptions(args, options, 0);
    if (values.usb && values.wifi) throw new UsageError('Choose one of --usb and --wifi');
    return await withSession(values, io, async (session) => {
      const device = await session.device();
      const mustSwitchOn = values.encrypted && device.encryption !== 'on';
      const password = mustSwitchOn ? await new SecretReader(io).readNew('Password for encrypted backups') : undefined;
      const entry = await session.run((run) =>
        session.engine.backup(
          {
            udid: device.udid,
            full: values.full,
            encryption: values.encrypted ? 'on' : 'keep',
            password,
            connection: values.usb ? 'usb' : values.wifi ? 'network' : undefined,
          },
          run,
        ),
      );
      session.print({ entry }, `Backed up ${deviceLabel(device)}: ${entryWords(entry)}`);
      return exitCode.ok;
    });
  },
};

function entryWords(entry: HistoryEntry): string {
  const time = entry.duration === undefined ? '' : ` in ${formatDuration(entry.duration)}`;
  const own = `${formatBytes(entry.ownSize)} of its own`;
  return `${entry.id}, ${entry.files} files, ${formatBytes(entry.size)} (${own})${time}${entry.isEncrypted ? ', encrypted' : ''}`;
}
