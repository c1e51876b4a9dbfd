import { commands, window } from 'vscode';
import type { Disposable } from 'vscode';
import type { DraftEntry } from '../library/types.ts';
import { Disposables } from './disposables.ts';
import { command } from './ids.ts';
import { plainText, withoutLinks } from './presenters/plain-text.ts';
import type { DeviceStore } from './views/device-store.ts';
import type { HistoryStore } from './views/history-store.ts';
import { t } from './wording.ts';

/** Offers to go on with what an earlier window left unfinished, once for each device, when that device is connected. */
export class OfferResume implements Disposable {
  readonly #owned = new Disposables();
  readonly #devices: DeviceStore;
  readonly #history: HistoryStore;
  readonly #asked = new Set<string>();
  readonly #since = new Date();

  constructor(devices: DeviceStore, history: HistoryStore) {
    this.#devices = devices;
    this.#history = history;
    for (const event of [devices.onDidChange, history.onDidChange]) this.#owned.own(event(() => this.#look()));
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #look(): void {
    for (const draft of this.#history.history?.drafts ?? []) {
      if (this.#asked.has(draft.udid) || !this.#isOfEarlierWindow(draft)) continue;
      if (this.#devices.find(draft.udid)?.trust !== 'trusted') continue;
      this.#asked.add(draft.udid);
      void offer(draft);
    }
  }

  /** A run that failed in this window has told so already. */
  #isOfEarlierWindow(draft: DraftEntry): boolean {
    return !draft.isRunning && !draft.isSetAside && draft.started < this.#since;
  }
}

async function offer(draft: DraftEntry): Promise<void> {
  const resume = t('Resume Backup');
  const message = t('The last backup of {name} was interrupted. It can go on from what has arrived.', { name: plainText(draft.deviceName, 60) });
  if ((await window.showInformationMessage(withoutLinks(message), resume)) === resume) {
    await commands.executeCommand(command.resumeBackup, { kind: 'draft', draft });
  }
}
