import { confirmDanger } from '../confirm.ts';
import { pickDraft } from '../pick/pick-draft.ts';
import { sizeText } from '../presenters/figures.ts';
import { plainText } from '../presenters/plain-text.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';

/** Deletes what one interrupted backup has received; others of the device that were set aside stay. */
export async function discardDraft(services: Services, argument?: unknown): Promise<void> {
  const draft = await pickDraft(services, argument, t('Discard Interrupted Backup'));
  if (!draft) return;
  const values = { name: plainText(draft.deviceName, 60), size: sizeText(draft.bytes, wording()) };
  const confirmed = await confirmDanger({
    question: t('Discard the interrupted backup of {name}?', values),
    detail: t('{size} that have arrived are deleted for good. The finished backups stay as they are.', values),
    stay: t('Keep It'),
    action: t('Discard'),
  });
  if (!confirmed) return;
  await (await services.hub.main()).discardDraft(draft.udid, draft.path);
  await services.history.refresh();
}
