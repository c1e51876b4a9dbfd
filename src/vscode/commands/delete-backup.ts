import { window } from 'vscode';
import { entryTitle, pickEntry, refOf } from '../pick/pick-entry.ts';
import { sizeText } from '../presenters/figures.ts';
import { withoutLinks } from '../presenters/plain-text.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';

/** Moves a backup to the trash of the library; nothing is freed or lost before that is emptied. */
export async function deleteBackup(services: Services, argument?: unknown): Promise<void> {
  const entry = await pickEntry(services, argument, {
    title: t('Delete Backup'),
    accepts: ({ isLocked }) => !isLocked,
    noneAccepted: t('All backups are locked. Unlock one to delete it.'),
  });
  if (!entry) return;
  const engine = await services.hub.main();
  const { trashId, bytesToFree } = await engine.delete(refOf(entry));
  await services.history.refresh();
  const undo = t('Undo');
  const values = { entry: entryTitle(entry), size: sizeText(bytesToFree, wording()) };
  const answer = await window.showInformationMessage(withoutLinks(t('{entry} is in the trash. Emptying the trash will free {size}.', values)), undo);
  if (answer !== undo) return;
  await engine.undelete(trashId);
  await services.history.refresh();
}
