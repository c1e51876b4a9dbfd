import type { EncryptionRequest } from '../jobs/api.ts';
import { UsageError, type Command } from './command.ts';
import { exitCode } from './exit-codes.ts';
import { commonHelp, commonOptions, readOptions } from './options.ts';
import { SecretReader } from './secrets.ts';
import { deviceLabel, withSession } from './session.ts';

const done = { on: 'is now on', change: 'has a new password', off: 'is now off' } as const;

export const encryptionCommand: Command = {
  name: 'encryption',
  summary: 'Switch backup encryption on or off, or change its password',
  help: `Usage: iphone-backup encryption on|change|off [options]

Encryption of local backups is a lasting setting of the device, not of one backup. The device may ask for its passcode.
Passwords are asked for, or read from standard input, one a line (change: the old one first).

${commonHelp}`,
  async run(args, io) {
    const { values, positionals } = readOptions(args, commonOptions, 1);
    const action = positionals[0];
    if (action !== 'on' && action !== 'change' && action !== 'off') throw new UsageError('Say one of: on, change, off');
    return await withSession(values, io, async (session) => {
      const device = await session.trusted(await session.device());
      const request = await readRequest(action, device.udid, new SecretReader(io));
      await session.run((run) => session.engine.changeEncryption(request, run));
      session.print({ udid: device.udid, action }, `Encryption of backups of ${deviceLabel(device)} ${done[action]}.`);
      return exitCode.ok;
    });
  },
};

async function readRequest(action: EncryptionRequest['action'], udid: string, secrets: SecretReader): Promise<EncryptionRequest> {
  if (action === 'on') return { udid, action, newPassword: await secrets.readNew('New password') };
  const oldPassword = await secrets.read('Present password');
  return action === 'off' ? { udid, action, oldPassword } : { udid, action, oldPassword, newPassword: await secrets.readNew('New password') };
}
