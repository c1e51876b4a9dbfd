import { commands, window } from 'vscode';
import type { HistoryEntry } from '../../library/types.ts';
import type { JobNotice } from '../../shared/job-events.ts';
import { command } from '../ids.ts';
import { remarks } from '../presenters/notice-words.ts';
import { backupDoneText } from '../presenters/outcome-words.ts';
import { withoutLinks } from '../presenters/plain-text.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';

/** The notification at the end of a backup, with what one may want next. */
export async function reportBackup(services: Services, entry: HistoryEntry, notices: readonly JobNotice[]): Promise<void> {
  const show = t('Show');
  const restore = t('Restore…');
  const message = [backupDoneText(entry, wording()), ...remarks(notices, wording())].join(' ');
  const answer = await window.showInformationMessage(withoutLinks(message), show, restore);
  if (answer === show) await services.views.revealEntry(entry);
  if (answer === restore) await commands.executeCommand(command.restoreBackup, { kind: 'entry', entry });
}
