import { window } from 'vscode';
import { showHelp } from '../files/help-documents.ts';
import type { Services } from '../services.ts';
import { t } from '../wording.ts';

/** A list to search in, by what one sees; the cause stands on the page of its topic, and all pages are one, too. */
export async function explainFailures({ log }: Services): Promise<void> {
  const { knowledge } = await import('../../diagnosis/knowledge/knowledge.ts');
  const whole = { label: t('$(book) Everything on one page'), topic: '' };
  const items = [whole, ...knowledge.map(({ symptom, topic }) => ({ label: t(symptom), description: t(topic), topic }))];
  const options = { title: t('Why Do Backups Fail?'), placeHolder: t('What do you see?'), matchOnDescription: true };
  const chosen = await window.showQuickPick(items, options);
  if (!chosen) return;
  log.debug(`help: ${chosen.topic}`);
  await showHelp(chosen.topic);
}
