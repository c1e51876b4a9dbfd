import { UsageError, type Command } from './command.ts';
import { chooseEntry, entryHelp, refOf } from './entry-choice.ts';
import { exitCode } from './exit-codes.ts';
import { formatBytes } from './format.ts';
import { commonHelp, commonOptions, readOptions } from './options.ts';
import { withSession } from './session.ts';

const options = {
  ...commonOptions,
  'empty-trash': { type: 'boolean', default: false },
  undo: { type: 'string' },
  'discard-draft': { type: 'boolean', default: false },
} as const;

export const deleteCommand: Command = {
  name: 'delete',
  summary: 'Move a backup to the trash, bring it back, or empty the trash',
  help: `Usage: iphone-backup delete ENTRY [options]
       iphone-backup delete --undo ID | --empty-trash | --discard-draft --udid UDID

Moves a backup to the library's trash and says how many bytes emptying it will free. ${entryHelp}

  --undo ID        bring a backup back from the trash
  --empty-trash    remove for good what is in the trash
  --discard-draft  remove the interrupted backup of a device

${commonHelp}`,
  async run(args, io) {
    const { values, positionals } = readOptions(args, options, 1);
    return await withSession(values, io, async (session) => {
      if (values.undo !== undefined) {
        await session.engine.undelete(values.undo);
        session.print({ undone: values.undo }, 'Brought back.');
      } else if (values['empty-trash']) {
        const { bytesFreed } = await session.run((run) => session.engine.emptyTrash(run));
        session.print({ bytesFreed }, `Freed ${formatBytes(bytesFreed)}.`);
      } else if (values['discard-draft']) {
        if (values.udid === undefined) throw new UsageError('Say which device with --udid');
        await session.engine.discardDraft(values.udid);
        session.print({ discarded: values.udid }, 'The interrupted backup is removed.');
      } else {
        if (positionals[0] === undefined) throw new UsageError('Say which backup to delete');
        const entry = await chooseEntry(session, positionals[0], values.udid);
        const result = await session.engine.delete(refOf(entry));
        const undo = `Undo with: iphone-backup delete --undo ${result.trashId}`;
        session.print(result, `Moved to the trash; emptying it frees ${formatBytes(result.bytesToFree)}. ${undo}`);
      }
      return exitCode.ok;
    });
  },
};
