import { window } from 'vscode';
import { askForOldPassword } from '../flows/encryption.ts';
import { runBackup } from '../flows/run-backup.ts';
import { pickDraft } from '../pick/pick-draft.ts';
import { entrySelection } from '../presenters/custom-words.ts';
import { plainText, withoutLinks } from '../presenters/plain-text.ts';
import type { Services } from '../services.ts';
import { t } from '../wording.ts';

/** Goes on with an interrupted backup, of the same kind and choice as it was begun. */
export async function resumeBackup(services: Services, argument?: unknown): Promise<void> {
  const draft = await pickDraft(services, argument, t('Resume Backup'), ({ isSetAside }) => !isSetAside);
  if (!draft) return;
  await services.devices.ready();
  const device = services.devices.find(draft.udid);
  if (!device) {
    const name = plainText(draft.deviceName, 60);
    void window.showInformationMessage(withoutLinks(t('Connect {name} first: the backup can go on only with the device it came from.', { name })));
    return;
  }
  const selection = entrySelection(draft);
  const inUse = selection && device.encryption === 'on' ? await askForOldPassword(services, t('Resume Backup'), device) : undefined;
  if (selection && device.encryption === 'on' && !inUse) return;
  await runBackup(services, device, { full: draft.isForcedFull, encryption: 'keep', ...inUse, selection });
}
