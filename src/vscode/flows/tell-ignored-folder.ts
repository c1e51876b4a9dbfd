import { commands, window } from 'vscode';
import { command } from '../ids.ts';
import { plainText, withoutLinks } from '../presenters/plain-text.ts';
import { settings } from '../settings.ts';
import { t } from '../wording.ts';

let told: string | undefined;

/** Says, once for each value, that the folder of the settings is none and where backups go in its place. */
export function tellIgnoredFolder(): void {
  const typed = settings.ignoredFolder();
  if (typed === told) return;
  told = typed;
  if (typed !== undefined) void tell(typed);
}

async function tell(typed: string): Promise<void> {
  const choose = t('Choose Backup Folder');
  const values = { typed: plainText(typed), folder: settings.libraryFolder() };
  const message = t('The setting for the backup folder, “{typed}”, is no whole path. Until it is, backups go to {folder}.', values);
  if ((await window.showWarningMessage(withoutLinks(message), choose)) === choose) await commands.executeCommand(command.chooseFolder);
}
