import { env, window } from 'vscode';
import { pickDevice } from '../pick/pick-device.ts';
import { deviceDetails } from '../presenters/device-details.ts';
import { deviceName } from '../presenters/device-words.ts';
import { entryDetails } from '../presenters/history-row.ts';
import { nodeArgument } from '../presenters/nodes.ts';
import { withoutIcons } from '../presenters/plain-text.ts';
import type { TooltipLine } from '../presenters/row.ts';
import type { Services } from '../services.ts';
import { entryTitle } from '../pick/pick-entry.ts';
import { t, wording } from '../wording.ts';

/** A list of all that is known of a device or a backup; Enter copies the chosen value. */
export async function showDetails(services: Services, argument?: unknown): Promise<void> {
  const node = nodeArgument(argument, 'entry');
  if (node) {
    await showList(entryTitle(node.entry), entryDetails(node.entry, wording()));
    return;
  }
  const device = await pickDevice(services, argument, { title: t('Show Details') });
  if (device) await showList(deviceName(device, wording()), deviceDetails(device, wording()));
}

async function showList(title: string, lines: readonly TooltipLine[]): Promise<void> {
  const items = lines.map(({ name, value }) => ({ label: name, description: withoutIcons(value), value }));
  const picked = await window.showQuickPick(items, { title, placeHolder: t('Enter copies the value.'), matchOnDescription: true });
  if (picked) await env.clipboard.writeText(picked.value);
}
