import { pickEntry, refOf } from '../pick/pick-entry.ts';
import type { Services } from '../services.ts';
import { t } from '../wording.ts';

/** Keeps a backup: it cannot be deleted, by hand or by rule, until it is unlocked. */
export async function lockBackup(services: Services, argument?: unknown): Promise<void> {
  const entry = await pickEntry(services, argument, {
    title: t('Lock Backup (Keep)'),
    accepts: ({ isLocked }) => !isLocked,
    noneAccepted: t('All backups are locked already.'),
  });
  if (!entry) return;
  await (await services.hub.main()).setLocked(refOf(entry), true);
  await services.history.refresh();
}
