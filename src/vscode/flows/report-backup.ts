import { commands, window } from 'vscode';
import type { HistoryEntry } from '../../library/types.ts';
import { command } from '../ids.ts';
import { backupDoneText } from '../presenters/outcome-words.ts';
import { withoutLinks } from '../presenters/plain-text.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';

/** The notification at the end of a backup, with what one may want next. */
export async function reportBackup(services: Services, entry: HistoryEntry): Promise<void> {
  const show = t('Show');
  const restore = t('Restore…');
  const answer = await window.showInformationMessage(withoutLinks(backupDoneText(entry, wording())), show, restore);
  if (answer === show) await services.views.revealEntry(entry);
  if (answer === restore) await commands.executeCommand(command.restoreBackup, { kind: 'entry', entry });
}
