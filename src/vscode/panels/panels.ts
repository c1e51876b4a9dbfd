import type { Disposable, Uri } from 'vscode';
import { Disposables } from '../disposables.ts';
import { everything, panel } from '../ids.ts';
import { reportTitle } from '../presenters/report-title.ts';
import type { Services } from '../services.ts';
import { wording } from '../wording.ts';
import { EstimateSession, estimateTitle } from './estimate-session.ts';
import { PanelHost } from './panel-host.ts';
import type { ReportSession } from './report-session.ts';

/** The panels of this window, one host for each kind. */
export class Panels implements Disposable {
  readonly #owned = new Disposables();
  /** Keys are UDIDs. */
  readonly estimate: PanelHost<EstimateSession>;
  /** Keys are UDIDs, or `everything`. */
  readonly report: PanelHost<ReportSession>;

  /** `root` is the folder of the extension. `services` is asked for when a panel opens: it holds this object itself. */
  constructor(root: Uri, services: () => Services) {
    this.estimate = this.#owned.own(
      new PanelHost(root, {
        viewType: panel.estimate,
        bundle: 'estimate',
        title: (udid) => estimateTitle(services(), udid),
        begin: (udid, link, saved) => new EstimateSession(services(), udid, link, saved),
      }),
    );
    this.report = this.#owned.own(
      new PanelHost(root, {
        viewType: panel.report,
        bundle: 'report',
        title: (key) => reportTitle({ devices: services().devices.devices, udid: key === everything ? undefined : key }, wording()),
        // What is known of failures is loaded with the first report.
        begin: async (key, link) => {
          const { ReportSession } = await import('./report-session.ts');
          return new ReportSession(services(), key, link);
        },
      }),
    );
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
