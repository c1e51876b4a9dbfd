import type { Disposable, Uri } from 'vscode';
import { Disposables } from '../disposables.ts';
import { panel } from '../ids.ts';
import type { Services } from '../services.ts';
import { EstimateSession, estimateTitle } from './estimate-session.ts';
import { PanelHost } from './panel-host.ts';

/** The panels of this window, one host for each kind. */
export class Panels implements Disposable {
  readonly #owned = new Disposables();
  /** Keys are UDIDs. */
  readonly estimate: PanelHost<EstimateSession>;

  /** `root` is the folder of the extension. `services` is asked for when a panel opens: it holds this object itself. */
  constructor(root: Uri, services: () => Services) {
    this.estimate = this.#owned.own(
      new PanelHost(root, {
        viewType: panel.estimate,
        bundle: 'estimate',
        title: (udid) => estimateTitle(services(), udid),
        begin: (udid, link) => new EstimateSession(services(), udid, link),
      }),
    );
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
