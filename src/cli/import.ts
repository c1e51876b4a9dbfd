import { resolve } from 'node:path';
import { UsageError, type Command } from './command.ts';
import { exitCode } from './exit-codes.ts';
import { formatBytes, terminalText } from './format.ts';
import { commonHelp, commonOptions, readOptions } from './options.ts';
import { withSession } from './session.ts';

export const importCommand: Command = {
  name: 'import',
  summary: 'Copy a backup of Finder, iTunes, Apple Devices or idevicebackup2 into the history',
  help: `Usage: iphone-backup import FOLDER [options]

Copies a finished backup into the library; FOLDER is the folder with Info.plist and Manifest.plist, or the one above it.
The original is only read.

${commonHelp}`,
  async run(args, io) {
    const { values, positionals } = readOptions(args, commonOptions, 1);
    const [folder] = positionals;
    if (folder === undefined) throw new UsageError('Say which folder to import');
    return await withSession(values, io, async (session) => {
      const entry = await session.run((run) => session.engine.importFolder({ folder: resolve(folder) }, run));
      session.print({ entry }, `Imported ${terminalText(entry.deviceName)}: ${entry.id}, ${entry.files} files, ${formatBytes(entry.size)}.`);
      return exitCode.ok;
    });
  },
};
