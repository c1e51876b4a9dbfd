import { useFolder } from '../flows/use-folder.ts';
import { pickFolder } from '../pick/pick-folder.ts';
import type { Services } from '../services.ts';
import { t } from '../wording.ts';

/** Lets a person choose where backups go, and says what is free there. */
export async function chooseFolder(services: Services): Promise<void> {
  const folder = await pickFolder(t('Back Up Here'));
  if (folder !== undefined) await useFolder(services, folder);
}
