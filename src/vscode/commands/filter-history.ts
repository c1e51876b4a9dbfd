import { window } from 'vscode';
import type { Services } from '../services.ts';
import { t } from '../wording.ts';

/** Shows only the backups whose row holds all the words. */
export async function filterHistory({ views }: Services): Promise<void> {
  const text = await window.showInputBox({
    title: t('Filter Backup History'),
    prompt: t('Words of the device name, the date or the kind. Empty shows all.'),
    value: views.historyFilter,
  });
  if (text !== undefined) views.historyFilter = text.trim();
}
