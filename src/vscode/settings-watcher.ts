import { window, workspace } from 'vscode';
import type { Disposable } from 'vscode';
import { Disposables } from './disposables.ts';
import { setting } from './ids.ts';
import type { Services } from './services.ts';
import { t } from './wording.ts';

/** Lets a changed place take effect at once, or after the last running job. */
export class SettingsWatcher implements Disposable {
  readonly #services: Services;
  readonly #owned = new Disposables();
  #isDue = false;

  constructor(services: Services) {
    this.#services = services;
    this.#owned.own(
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(setting.libraryFolder) || event.affectsConfiguration(setting.muxerAddress)) this.#changed();
      }),
    );
    this.#owned.own(services.jobs.onDidEnd(() => queueMicrotask(() => void this.#applyWhenIdle())));
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #changed(): void {
    this.#isDue = true;
    if (this.#services.jobs.jobs.length > 0) void window.showInformationMessage(t('The new setting takes effect when the running jobs have ended.'));
    void this.#applyWhenIdle();
  }

  async #applyWhenIdle(): Promise<void> {
    if (!this.#isDue || this.#services.jobs.jobs.length > 0) return;
    this.#isDue = false;
    await this.#services.hub.restart();
    await this.#services.history.refresh();
  }
}
