import { basename } from 'node:path';
import type { DraftEntry } from '../library/types.ts';
import { UsageError, type Command } from './command.ts';
import { chooseEntry, entryHelp, refOf } from './entry-choice.ts';
import { exitCode } from './exit-codes.ts';
import { formatBytes } from './format.ts';
import { commonHelp, commonOptions, readOptions } from './options.ts';
import { withSession, type Session } from './session.ts';

const options = {
  ...commonOptions,
  'empty-trash': { type: 'boolean', default: false },
  undo: { type: 'string' },
  'discard-draft': { type: 'boolean', default: false },
  'discard-set-aside': { type: 'boolean', default: false },
} as const;

export const deleteCommand: Command = {
  name: 'delete',
  summary: 'Move a backup to the trash, bring it back, or empty the trash',
  help: `Usage: iphone-backup delete ENTRY [options]
       iphone-backup delete --undo ID | --empty-trash
       iphone-backup delete --discard-draft | --discard-set-aside --udid UDID

Moves a backup to the library's trash and says how many bytes emptying it will free. ${entryHelp}

  --undo ID             bring a backup back from the trash
  --empty-trash         remove for good what is in the trash
  --discard-draft       remove the interrupted backup of a device, which its next backup would go on from
  --discard-set-aside   remove what was set aside of a device: interrupted backups that no backup goes on from

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
      } else if (values['discard-draft'] || values['discard-set-aside']) {
        if (values.udid === undefined) throw new UsageError('Say which device with --udid');
        await discard(session, values.udid, values);
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

type Wanted = Readonly<Record<'discard-draft' | 'discard-set-aside', boolean>>;

/** Removes the drafts of a device that are asked for, and those alone. */
async function discard(session: Session, udid: string, wanted: Wanted): Promise<void> {
  const { drafts } = await session.engine.history();
  const isWanted = ({ isSetAside }: DraftEntry): boolean => wanted[isSetAside ? 'discard-set-aside' : 'discard-draft'];
  const chosen = drafts.filter((draft) => draft.udid === udid && isWanted(draft));
  for (const { path } of chosen) await session.engine.discardDraft(udid, path);
  const removed = chosen.map(({ path }) => basename(path));
  session.print({ discarded: udid, drafts: removed }, discardText(chosen));
}

function discardText(drafts: readonly DraftEntry[]): string {
  if (drafts.length === 0) return 'There is nothing of the kind to remove.';
  const freed = formatBytes(drafts.reduce((sum, { bytes }) => sum + bytes, 0));
  return drafts.length === 1 ? `The interrupted backup is removed, ${freed}.` : `${drafts.length} interrupted backups are removed, ${freed}.`;
}
