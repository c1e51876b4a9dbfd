import { pickEntry, refOf } from '../pick/pick-entry.ts';
import type { Services } from '../services.ts';
import { t } from '../wording.ts';

/** Lets a kept backup be deleted again. */
export async function unlockBackup(services: Services, argument?: unknown): Promise<void> {
  const entry = await pickEntry(services, argument, {
    title: t('Unlock Backup'),
    accepts: ({ isLocked }) => isLocked,
    noneAccepted: t('No backup is locked.'),
  });
  if (!entry) return;
  await (await services.hub.main()).setLocked(refOf(entry), false);
  await services.history.refresh();
}
