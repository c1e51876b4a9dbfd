import type { DraftEntry, HistoryEntry, TrashEntry } from '../library/types.ts';
import type { Command } from './command.ts';
import { exitCode } from './exit-codes.ts';
import { failedRunText } from './diagnose-text.ts';
import { showFindings } from './failure.ts';
import { formatBytes, formatDuration, formatTable, terminalText } from './format.ts';
import { commonHelp, commonOptions, readOptions } from './options.ts';
import { withSession } from './session.ts';

export const historyCommand: Command = {
  name: 'history',
  summary: 'Show the backups of the library',
  help: `Usage: iphone-backup history [options]

Lists all backups, newest first: date, device, iOS, kind, files, size, what it costs on disk, how long it took, and the last
verification; also what was interrupted, and what the trash holds.

${commonHelp}`,
  async run(args, io) {
    const { values } = readOptions(args, commonOptions, 0);
    return await withSession(values, io, async (session) => {
      const history = await session.engine.history();
      const isWanted = (item: { readonly udid: string }): boolean => values.udid === undefined || item.udid === values.udid;
      const entries = history.entries.filter(isWanted);
      const drafts = history.drafts.filter(isWanted);
      const runs = history.runs.filter(isWanted);
      const table = entries.length === 0 ? 'The history holds no backup.' : formatTable(entries.map(entryRow));
      const trash = history.trash.filter(isWanted);
      const lines = [table, ...drafts.map(draftLine), ...runs.flatMap(failedRunText), ...trash.map(trashLine)];
      showFindings(history.problems, io);
      session.print({ ...history, entries, drafts, runs, trash }, lines.join('\n'));
      return exitCode.ok;
    });
  },
};

function entryRow(entry: HistoryEntry): string[] {
  const marks = [entry.isEncrypted ? 'encrypted' : '', entry.isLocked ? 'locked' : '', verificationWords(entry), missingWords(entry), customWords(entry)];
  return [
    entry.id,
    terminalText(entry.deviceName, 40),
    entry.iosVersion === undefined ? '' : `iOS ${terminalText(entry.iosVersion, 20)}`,
    entry.kind,
    `${entry.files} files`,
    formatBytes(entry.size),
    `own ${formatBytes(entry.ownSize)}`,
    entry.duration === undefined ? '' : formatDuration(entry.duration),
    marks.filter((mark) => mark !== '').join(', '),
  ];
}

/** What a custom backup holds, and how much of what the device sent it lacks. */
function customWords({ selection, leftOut }: HistoryEntry): string {
  if (selection === undefined) return '';
  const without = leftOut ? `; without ${leftOut.files} files, ${formatBytes(leftOut.bytes)}` : '';
  return terminalText(`holds ${selection.startsWith('except ') ? 'all ' : ''}${selection.split('\n').join(', ')}${without}`, 300);
}

const missingWords = ({ missing }: HistoryEntry): string => (missing === undefined ? '' : `${missing} files of its own list did not arrive`);

function verificationWords(entry: HistoryEntry): string {
  if (!entry.verification) return 'not verified';
  const day = entry.verification.at.toISOString().slice(0, 10);
  return entry.verification.result === 'good' ? `verified ${day}` : `DAMAGED (${day}, ${entry.verification.damagedFiles} files)`;
}

function draftLine(draft: DraftEntry): string {
  const state = draft.isRunning ? 'running now' : draft.isSetAside ? 'set aside; "delete --discard-set-aside" removes it' : 'interrupted; "backup" goes on from it';
  return `Draft of ${terminalText(draft.deviceName, 40)}: ${formatBytes(draft.bytes)} in ${draft.files} files, ${state}.`;
}

const trashLine = ({ id, trashId, ownSize }: TrashEntry): string =>
  `In the trash: ${id}, ${formatBytes(ownSize)}; "delete --undo ${trashId}" brings it back, "delete --empty-trash" removes it.`;
