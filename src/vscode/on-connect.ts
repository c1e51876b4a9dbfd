import { window } from 'vscode';
import type { Disposable } from 'vscode';
import type { DeviceSummary } from '../device/types.ts';
import { needsPairing } from '../shared/needs-pairing.ts';
import { command } from './ids.ts';
import { deviceName } from './presenters/device-words.ts';
import { withoutLinks } from './presenters/plain-text.ts';
import { settings } from './settings.ts';
import type { DeviceStore } from './views/device-store.ts';
import { t, wording } from './wording.ts';

type RunCommand = (id: string, argument: unknown) => void;

/** What happens when a device is connected while the extension is at work: the setting `iphoneBackup.onConnect`. */
export class OnConnect implements Disposable {
  readonly #listener: Disposable;

  constructor(devices: DeviceStore, run: RunCommand) {
    this.#listener = devices.onDidAttach((device) => void greet(device, run));
  }

  dispose(): void {
    this.#listener.dispose();
  }
}

async function greet(device: DeviceSummary, run: RunCommand): Promise<void> {
  const wish = settings.onConnect();
  if (wish === 'nothing' || device.isVirtual) return;
  const name = deviceName(device, wording());
  const offersPairing = needsPairing(device);
  const action = offersPairing ? t('Pair (Trust)') : t('Back Up Now');
  const message = wish === 'ask' && !offersPairing ? t('{name} is connected. Back it up now?', { name }) : t('{name} is connected.', { name });
  const answer = await window.showInformationMessage(withoutLinks(message), action);
  if (answer === action) run(offersPairing ? command.pair : command.backUpNow, { kind: 'device', device });
}
