import { window } from 'vscode';
import { confirmDanger } from '../confirm.ts';
import { reportFailure } from '../flows/report-failure.ts';
import { countText, sizeText } from '../presenters/figures.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';

/** Deletes for good what is in the trash. */
export async function emptyTrash(services: Services): Promise<void> {
  await services.history.refresh();
  const trash = services.history.history?.trash ?? [];
  if (trash.length === 0) {
    void window.showInformationMessage(t('The trash is empty.'));
    return;
  }
  const confirmed = await confirmDanger({
    question: trash.length === 1 ? t('Delete the backup in the trash for good?') : t('Delete the {count} backups in the trash for good?', { count: countText(trash.length, wording()) }),
    detail: t('They cannot be put back afterwards. The backups in the history stay as they are.'),
    stay: t('Keep Them'),
    action: t('Empty Trash'),
  });
  if (!confirmed) return;
  const outcome = await services.jobs.run({ kind: 'empty-trash', subject: '', run: async (run) => (await services.hub.main()).emptyTrash(run) });
  await services.history.refresh();
  if (outcome.ok) void window.showInformationMessage(t('{size} are free again.', { size: sizeText(outcome.value.bytesFreed, wording()) }));
  else await reportFailure(services, outcome.error, { kind: 'empty-trash' });
}
