import { env } from 'vscode';
import type { Uri } from 'vscode';
import type { AskedTicks, EstimatePicture, FromEstimatePage, Remark, ToEstimatePage } from '../../shared/estimate-panel.ts';
import { treeOf } from '../../shared/row-tree.ts';
import type { Selection, SelectionTerm } from '../../shared/selection.ts';
import { Ticks, choiceOf } from '../../shared/ticks.ts';
import type { Choice, TickState } from '../../shared/ticks.ts';
import { Disposables } from '../disposables.ts';
import { attempt } from '../flows/attempt.ts';
import { askForOldPassword } from '../flows/encryption.ts';
import { explainExperiment } from '../flows/explain-experiment.ts';
import { runBackup } from '../flows/run-backup.ts';
import { runCustomBackup } from '../flows/run-custom-backup.ts';
import { changePlan, savePlan } from '../flows/save-plan.ts';
import { changedSelection } from '../presenters/changed-selection.ts';
import { termList } from '../presenters/custom-words.ts';
import { deviceName } from '../presenters/device-words.ts';
import { estimateCsv, estimateMarkdown } from '../presenters/estimate-export.ts';
import { estimatePicture } from '../presenters/estimate-picture.ts';
import type { JobState } from '../presenters/job-state.ts';
import { selectionTicks } from '../presenters/selection-ticks.ts';
import type { SelectionTicks } from '../presenters/selection-ticks.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';
import { parseEstimateMessage } from './estimate-messages.ts';
import { EstimateRun } from './estimate-run.ts';
import type { PanelLink, PanelSession } from './panel-host.ts';

/** What stands behind one estimate panel: runs the estimate, draws each state of it, does what the page asks for. */
export class EstimateSession implements PanelSession {
  readonly #services: Services;
  readonly #udid: string;
  readonly #link: PanelLink;
  readonly #run: EstimateRun;
  readonly #owned = new Disposables();
  #isReady = false;
  /** To be ticked once all rows are there. */
  #wanted: { readonly selection: Selection; readonly plan: Uri } | undefined;
  /** The document of the plan whose choice was ticked: a changed choice is written into it. */
  #plan: Uri | undefined;
  #chosen: (SelectionTicks & AskedTicks) | undefined;

  constructor(services: Services, udid: string, link: PanelLink) {
    this.#services = services;
    this.#udid = udid;
    this.#link = link;
    this.#run = new EstimateRun(services, udid, () => this.#draw());
    this.#owned.own(services.devices.onDidChange(() => this.#draw()));
    this.#owned.own(services.jobs.onDidEnd((job) => this.#afterJob(job)));
    void this.#run.start({ experiment: false });
  }

  ready(): void {
    this.#isReady = true;
    this.#draw();
  }

  receive(message: unknown): void {
    const asked = parseEstimateMessage(message);
    if (asked) void attempt(this.#services, `estimate panel: ${asked.type}`, () => this.#do(asked));
  }

  /** Estimates anew, unless that is under way. */
  async refresh(): Promise<void> {
    await this.#run.start({ experiment: false });
  }

  /** Ticks what the selection of a plan's document takes, as soon as the estimate is complete. */
  choose(selection: Selection, plan: Uri): void {
    this.#wanted = { selection, plan };
    this.#plan = undefined;
    this.#draw();
  }

  /** The ticks are of no plan from now on. */
  forgetPlan(): void {
    this.#plan = undefined;
    this.#wanted = undefined;
  }

  dispose(): void {
    this.#owned.dispose();
    this.#run.stop();
  }

  /** A backup makes the figures old; those of a hidden panel are taken anew when somebody asks. */
  #afterJob({ kind, udid }: JobState): void {
    if (kind === 'backup' && udid === this.#udid && this.#link.isVisible) void this.refresh();
  }

  get #picture(): EstimatePicture {
    const device = this.#services.devices.find(this.#udid);
    const picture = estimatePicture({ udid: this.#udid, device, ...this.#run.state }, wording());
    const { ticks, asked, unseen } = this.#chosen ?? {};
    if (!ticks || asked === undefined || !unseen) return picture;
    return { ...picture, choice: { ticks, asked }, remarks: [...picture.remarks, ...this.#unseenRemarks(unseen)] };
  }

  #unseenRemarks(unseen: readonly SelectionTerm[]): Remark[] {
    if (unseen.length === 0) return [];
    const list = termList(unseen, wording(), (bundleId) => this.#run.appName(bundleId));
    return [{ severity: 'info', text: t('No line stands here for these parts of the plan, so they are not ticked: {list}. “Back Up Now” in the plan goes by them too.', { list }) }];
  }

  #takeOverChoice(): void {
    if (!this.#wanted || this.#run.state.isRunning) return;
    this.#chosen = { ...selectionTicks(this.#run.rows, this.#wanted.selection), asked: Date.now() };
    this.#plan = this.#wanted.plan;
    this.#wanted = undefined;
  }

  #draw(): void {
    this.#takeOverChoice();
    const picture = this.#picture;
    this.#link.setTitle(t('Estimate: {device}', { device: picture.device }));
    if (this.#isReady) this.#post({ type: 'picture', picture });
  }

  #post(message: ToEstimatePage): void {
    this.#link.post(message);
  }

  async #do(asked: FromEstimatePage): Promise<void> {
    switch (asked.type) {
      case 'refresh':
        return this.refresh();
      case 'stop':
        return this.#run.stop();
      case 'copy':
        return this.#copy(asked.format);
      case 'ask-phone':
        return this.#askPhone();
      case 'enter-password':
        return this.#enterPassword();
      case 'back-up':
        return this.#backUp(asked.ticks);
      case 'save-plan':
        return this.#savePlan(asked.ticks);
    }
  }

  async #copy(format: 'markdown' | 'csv'): Promise<void> {
    const text = format === 'csv' ? estimateCsv(this.#picture) : estimateMarkdown(this.#picture, wording());
    await env.clipboard.writeText(text);
    this.#post({ type: 'told', text: t('Copied.') });
  }

  async #askPhone(): Promise<void> {
    if (await explainExperiment(this.#picture.device)) await this.#run.start({ experiment: true });
  }

  async #enterPassword(): Promise<void> {
    const device = await this.#device();
    const inUse = device && (await askForOldPassword(this.#services, t('Open the Last Backup'), device));
    if (inUse) await this.#run.start({ experiment: false, password: inUse.password });
  }

  async #backUp(ticks: TickState): Promise<void> {
    const device = await this.#device();
    const choice = this.#choice(ticks);
    if (!device || choice.kind === 'nothing') return;
    this.#run.stop();
    if (choice.kind === 'all') await runBackup(this.#services, device, { full: false, encryption: 'keep' });
    else await runCustomBackup(this.#services, device, choice.selection, { appName: (bundleId) => this.#run.appName(bundleId) });
  }

  async #savePlan(ticks: TickState): Promise<void> {
    if (this.#plan && (await changePlan(this.#plan, (selection) => changedSelection(this.#run.rows, ticks, selection)))) return;
    const choice = this.#choice(ticks);
    const selection: Selection = choice.kind === 'some' ? choice.selection : { include: [], exclude: [] };
    await savePlan(selection, { device: this.#services.devices.find(this.#udid)?.udid ?? this.#udid }, this.#picture.device);
  }

  #choice(ticks: TickState): Choice {
    const rows = this.#run.rows.map(({ id, parent, term }) => ({ id, parent, canChoose: term !== undefined }));
    const terms = new Map(this.#run.rows.map(({ id, term }) => [id, term]));
    const tree = treeOf(rows);
    return choiceOf(tree, new Ticks(tree, ticks), (id) => terms.get(id));
  }

  /** The device, or a word to the person that it is not there. */
  async #device() {
    await this.#services.devices.ready();
    const device = this.#services.devices.find(this.#udid);
    if (!device) this.#run.tell(t('Connect {name} first.', { name: this.#picture.device }));
    return device;
  }
}

/** The title of a panel before its device is known. */
export function estimateTitle({ devices }: Pick<Services, 'devices'>, udid: string): string {
  const device = devices.find(udid);
  return t('Estimate: {device}', { device: device ? deviceName(device, wording()) : `…${udid.slice(-4)}` });
}
