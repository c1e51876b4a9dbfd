import { confirmDanger } from '../confirm.ts';
import { pickDraft } from '../pick/pick-draft.ts';
import { sizeText } from '../presenters/figures.ts';
import { plainText } from '../presenters/plain-text.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';

/** Deletes what interrupted backups of a device have received. */
export async function discardDraft(services: Services, argument?: unknown): Promise<void> {
  const draft = await pickDraft(services, argument, t('Discard Interrupted Backup'));
  if (!draft) return;
  // With those of the device that were set aside.
  const bytes = (services.history.history?.drafts ?? []).reduce((sum, each) => (each.udid === draft.udid ? sum + each.bytes : sum), 0);
  const values = { name: plainText(draft.deviceName, 60), size: sizeText(Math.max(bytes, draft.bytes), wording()) };
  const confirmed = await confirmDanger({
    question: t('Discard the interrupted backup of {name}?', values),
    detail: t('{size} that have arrived are deleted for good. The finished backups stay as they are.', values),
    stay: t('Keep It'),
    action: t('Discard'),
  });
  if (!confirmed) return;
  await (await services.hub.main()).discardDraft(draft.udid);
  await services.history.refresh();
}
