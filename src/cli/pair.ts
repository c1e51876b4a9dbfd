import type { Command } from './command.ts';
import { exitCode } from './exit-codes.ts';
import { commonHelp, commonOptions, readOptions } from './options.ts';
import { deviceLabel, withSession } from './session.ts';

export const pairCommand: Command = {
  name: 'pair',
  summary: 'Pair with a device (asks for Trust on the device)',
  help: `Usage: iphone-backup pair [options]

Asks the device to trust this computer and waits two minutes for the tap on "Trust".

${commonHelp}`,
  async run(args, io) {
    const { values } = readOptions(args, commonOptions, 0);
    return await withSession(values, io, async (session) => {
      const device = await session.device();
      await session.pair(device);
      session.print({ udid: device.udid }, `Paired with ${deviceLabel(device)}.`);
      return exitCode.ok;
    });
  },
};
