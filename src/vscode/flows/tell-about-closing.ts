import { window } from 'vscode';
import type { Services } from '../services.ts';
import { t } from '../wording.ts';

const quietKey = 'closingNoteIsQuiet';

/** Says at the start of a long run that it lives in this window; a person can turn that off. */
export function tellAboutClosing({ extension }: Services): void {
  if (extension.globalState.get<boolean>(quietKey) === true) return;
  const dismiss = t("Don't Show Again");
  const message = t('Closing or reloading this window stops the run. What has arrived is kept, and the next run goes on from there.');
  void window.showInformationMessage(message, dismiss).then(async (answer) => {
    if (answer === dismiss) await extension.globalState.update(quietKey, true);
  });
}
