import { window } from 'vscode';
import { showHelp } from '../files/help-documents.ts';
import { dotted } from '../presenters/row.ts';
import type { Services } from '../services.ts';
import { t } from '../wording.ts';

/** A list to search in, by what one sees or by the code of an error; its page opens at that row, and all pages are one, too. */
export async function explainFailures({ log }: Services): Promise<void> {
  const [{ knowledge }, { errorCodes }] = await Promise.all([import('../../diagnosis/knowledge/knowledge.ts'), import('../../diagnosis/why-pages.ts')]);
  const whole = { label: t('$(book) Everything on one page'), row: undefined };
  const items = [whole, ...knowledge.map((row) => ({ label: t(row.symptom), description: dotted(t(row.topic), errorCodes(row).join(', ')), row: row.id }))];
  const options = { title: t('Why Do Backups Fail?'), placeHolder: t('What do you see? Words or the code of an error'), matchOnDescription: true };
  const chosen = await window.showQuickPick(items, options);
  if (!chosen) return;
  log.debug(`help: ${chosen.row ?? 'everything'}`);
  await showHelp(chosen.row);
}
