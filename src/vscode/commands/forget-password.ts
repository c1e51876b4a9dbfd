import { window } from 'vscode';
import { knownNames } from '../flows/known-names.ts';
import { nodeArgument } from '../presenters/nodes.ts';
import { withoutIcons, withoutLinks } from '../presenters/plain-text.ts';
import type { Services } from '../services.ts';
import { t } from '../wording.ts';

/** Takes a remembered backup password out of the keychain; the device keeps it. */
export async function forgetPassword(services: Services, argument?: unknown): Promise<void> {
  const remembered = await rememberedDevices(services, nodeArgument(argument, 'device')?.device.udid);
  if (remembered.length === 0) {
    void window.showInformationMessage(t('No backup password is remembered.'));
    return;
  }
  const items = remembered.map(([udid, name]) => ({ label: withoutIcons(name), description: udid, udid, name }));
  const picked = items.length === 1 ? items[0] : await window.showQuickPick(items, { title: t('Forget Backup Password') });
  if (!picked) return;
  await services.passwords.forget(picked.udid);
  const values = { name: picked.name };
  void window.showInformationMessage(withoutLinks(t('The backup password of {name} is forgotten here. The device itself keeps it.', values)));
}

/** UDID and name of every known device whose password is remembered; of one device only, when `udid` is given. */
async function rememberedDevices(services: Services, udid: string | undefined): Promise<[string, string][]> {
  const known = [...(await knownNames(services))].filter(([each]) => udid === undefined || each === udid);
  const stored = await Promise.all(known.map(([each]) => services.passwords.get(each)));
  return known.filter((_, index) => stored[index] !== undefined);
}
