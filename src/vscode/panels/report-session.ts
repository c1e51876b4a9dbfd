import { commands, env } from 'vscode';
import { diagnosedWords } from '../../diagnosis/diagnosed-words.ts';
import type { ErrorAction } from '../../diagnosis/error-row.ts';
import { reportMarkdown } from '../../diagnosis/report-text.ts';
import type { FailedRun } from '../../shared/diagnosis-report.ts';
import type { FromReportPage, ToReportPage } from '../../shared/report-panel.ts';
import { showHelp } from '../files/help-documents.ts';
import { actionStep, type Step } from '../flows/action-step.ts';
import { attempt } from '../flows/attempt.ts';
import { saveBundle } from '../flows/save-bundle.ts';
import { command, everything } from '../ids.ts';
import type { Node } from '../presenters/nodes.ts';
import { contextOf, reportPicture, type ReportScene } from '../presenters/report-picture.ts';
import { reportTitle } from '../presenters/report-title.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';
import type { PanelLink, PanelSession } from './panel-host.ts';
import { parseReportMessage } from './report-messages.ts';
import { ReportRun } from './report-run.ts';

/** What stands behind one report: runs the checks, draws each state of them, does what the page asks for. */
export class ReportSession implements PanelSession {
  readonly #services: Services;
  readonly #udid: string | undefined;
  readonly #link: PanelLink;
  readonly #run: ReportRun;
  #again: (() => Promise<unknown>) | undefined;
  #isReady = false;

  constructor(services: Services, key: string, link: PanelLink) {
    this.#services = services;
    this.#udid = key === everything ? undefined : key;
    this.#link = link;
    this.#run = new ReportRun(services, this.#udid, () => this.#draw());
  }

  ready(): void {
    this.#isReady = true;
    this.#draw();
    // Also after a reload of the window: what was seen then is of then.
    if (!this.#run.report) void this.#run.look();
  }

  /** Checks everything; after a failed run with what it ran into. `retry` does again what failed. */
  async begin(failed: FailedRun | undefined, retry?: () => Promise<unknown>): Promise<void> {
    this.#again = retry;
    await this.#run.begin(failed);
  }

  receive(message: unknown): void {
    const asked = parseReportMessage(message);
    if (asked) void attempt(this.#services, `report panel: ${asked.type}`, () => this.#do(asked));
  }

  dispose(): void {
    this.#run.stop();
  }

  get #scene(): ReportScene {
    const { report, isRunning, failure, failed } = this.#run;
    const canDo = (action: ErrorAction): boolean => this.#step(action) !== undefined;
    return { devices: this.#services.devices.devices, udid: this.#udid, report, isRunning, failure, failed, canDo };
  }

  #draw(): void {
    this.#link.setTitle(reportTitle(this.#scene, wording()));
    if (this.#isReady) this.#post({ type: 'picture', picture: reportPicture(this.#scene, wording()) });
  }

  #post(message: ToReportPage): void {
    this.#link.post(message);
  }

  async #do(asked: FromReportPage): Promise<void> {
    switch (asked.type) {
      case 'refresh':
        return this.#run.look();
      case 'stop':
        return this.#run.stop();
      case 'again':
        return this.#run.look(asked.checks);
      case 'act':
        return this.#act(asked.row);
      case 'help':
        return showHelp(asked.row);
      case 'back-up':
        return void (await commands.executeCommand(command.backUpNow, this.#deviceNode));
      case 'copy':
        return this.#copy();
      case 'save-bundle':
        return saveBundle(this.#services, this.#run.report);
      case 'explain':
        return void (await commands.executeCommand(command.explainFailures));
    }
  }

  async #copy(): Promise<void> {
    const { report } = this.#run;
    if (!report) return;
    await env.clipboard.writeText(reportMarkdown(report, contextOf({ report }, wording())));
    this.#post({ type: 'told', text: t('Copied.') });
  }

  async #act(row: string): Promise<void> {
    const found = this.#run.report?.ranked.find((each) => each.row === row);
    const actions = found ? diagnosedWords(found, contextOf(this.#scene, wording())).actions : [];
    await actions.map((action) => this.#step(action)).find((step) => step !== undefined)?.run();
  }

  #step(action: ErrorAction): Step | undefined {
    return actionStep(action, { device: this.#deviceNode?.device, retry: this.#retry() });
  }

  /** What failed, once more; of a run that only the history remembers, the job is asked for anew. */
  #retry(): (() => Promise<unknown>) | undefined {
    if (this.#again) return this.#again;
    const again = { backup: command.backUpNow, restore: command.restoreBackup }[this.#run.failed?.job ?? ''];
    return again && (async () => commands.executeCommand(again, this.#deviceNode));
  }

  /** The row of the device, as commands take it; `undefined` for all devices, and for one that has gone. */
  get #deviceNode(): Extract<Node, { kind: 'device' }> | undefined {
    const device = this.#udid === undefined ? undefined : this.#services.devices.find(this.#udid);
    return device && { kind: 'device', device };
  }
}
