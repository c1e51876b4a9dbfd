import { ThemeIcon, window } from 'vscode';
import type { QuickPickItem } from 'vscode';
import type { DeviceSummary } from '../../device/types.ts';
import { deviceIdentity, deviceName, trustText } from '../presenters/device-words.ts';
import { nameOf } from '../presenters/history-nodes.ts';
import { nodeArgument } from '../presenters/nodes.ts';
import { plainText, withoutIcons, withoutLinks } from '../presenters/plain-text.ts';
import { dotted } from '../presenters/row.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';
import { explainNoDevice } from './explain-no-device.ts';

export interface DeviceQuestion {
  readonly title: string;
  readonly accepts?: (device: DeviceSummary) => boolean;
  /** What to say when devices are connected, but none is accepted. */
  readonly noneAccepted?: string;
}

/**
 * The device of the row that the command was called on, the only connected one, or the one picked.
 *
 * Says what to do when there is none. `undefined`: nothing chosen.
 */
export async function pickDevice(services: Services, argument: unknown, question: DeviceQuestion): Promise<DeviceSummary | undefined> {
  const node = nodeArgument(argument, 'device', 'fact');
  if (node) return services.devices.find(node.device.udid) ?? node.device;
  const all = await services.devices.ready();
  const run = nodeArgument(argument, 'run')?.run;
  if (run) return services.devices.find(run.udid) ?? (await askToConnect(services, run.udid));
  const devices = question.accepts ? all.filter(question.accepts) : all;
  if (devices.length === 0) {
    if (all.length > 0 && question.noneAccepted !== undefined) void window.showInformationMessage(question.noneAccepted);
    else await explainNoDevice(services);
    return undefined;
  }
  if (devices.length === 1) return devices[0];
  const picked = await window.showQuickPick(devices.map(deviceItem), { title: question.title, placeHolder: t('Which device?'), matchOnDescription: true });
  return picked?.device;
}

async function askToConnect(services: Services, udid: string): Promise<undefined> {
  const history = await services.history.load();
  const name = history ? plainText(nameOf(history, udid), 60) : udid;
  void window.showInformationMessage(withoutLinks(t('Connect {name} first.', { name })));
}

export function deviceItem(device: DeviceSummary): QuickPickItem & { readonly device: DeviceSummary } {
  const w = wording();
  return {
    label: withoutIcons(deviceName(device, w)),
    description: withoutIcons(dotted(deviceIdentity(device, w), trustText(device.trust, w))),
    detail: device.udid,
    iconPath: new ThemeIcon(device.isVirtual ? 'vm' : 'device-mobile'),
    device,
  };
}
