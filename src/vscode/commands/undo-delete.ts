import { window } from 'vscode';
import { nameOf } from '../presenters/history-nodes.ts';
import { trashRow } from '../presenters/history-row.ts';
import { nodeArgument } from '../presenters/nodes.ts';
import { withoutIcons } from '../presenters/plain-text.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';

/** Puts a deleted backup back into the history. */
export async function undoDelete(services: Services, argument?: unknown): Promise<void> {
  const trashId = nodeArgument(argument, 'trash')?.trash.trashId ?? (await pickTrash(services));
  if (trashId === undefined) return;
  await (await services.hub.main()).undelete(trashId);
  await services.history.refresh();
}

async function pickTrash(services: Services): Promise<string | undefined> {
  await services.history.refresh();
  const { history } = services.history;
  if (!history || history.trash.length === 0) {
    void window.showInformationMessage(t('The trash is empty.'));
    return undefined;
  }
  const items = history.trash.map((trash) => {
    const row = trashRow(trash, nameOf(history, trash.udid), wording());
    return { label: withoutIcons(row.label), description: withoutIcons(row.description), trash };
  });
  return (await window.showQuickPick(items, { title: t('Put Back Deleted Backup') }))?.trash.trashId;
}
