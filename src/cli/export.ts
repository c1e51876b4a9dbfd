import { resolve } from 'node:path';
import { UsageError, type Command } from './command.ts';
import { chooseEntry, entryHelp, refOf } from './entry-choice.ts';
import { exitCode } from './exit-codes.ts';
import { commonHelp, commonOptions, readOptions } from './options.ts';
import { withSession } from './session.ts';

export const exportCommand: Command = {
  name: 'export',
  summary: 'Copy a backup out of the history for Finder, iTunes or idevicebackup2',
  help: `Usage: iphone-backup export ENTRY FOLDER [options]

Copies a backup to FOLDER/<UDID>, as other programs expect it. ${entryHelp}

${commonHelp}`,
  async run(args, io) {
    const { values, positionals } = readOptions(args, commonOptions, 2);
    const [word, folder] = positionals;
    if (word === undefined || folder === undefined) throw new UsageError('Say which backup and into which folder');
    return await withSession(values, io, async (session) => {
      const entry = refOf(await chooseEntry(session, word, values.udid));
      const result = await session.run((run) => session.engine.exportEntry({ entry, folder: resolve(folder) }, run));
      session.print(result, `Exported to ${result.path}`);
      return exitCode.ok;
    });
  },
};
