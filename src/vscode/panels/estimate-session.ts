import { posix } from 'node:path';
import { Uri, env, workspace } from 'vscode';
import type { AskedTicks, EstimatePicture, FromEstimatePage, LinkedPlan, Remark, ToEstimatePage } from '../../shared/estimate-panel.ts';
import { treeOf } from '../../shared/row-tree.ts';
import type { Selection } from '../../shared/selection.ts';
import { Ticks, choiceOf } from '../../shared/ticks.ts';
import type { Choice, TickState } from '../../shared/ticks.ts';
import { Disposables } from '../disposables.ts';
import { attempt } from '../flows/attempt.ts';
import { askForOldPassword } from '../flows/encryption.ts';
import { explainExperiment } from '../flows/explain-experiment.ts';
import { runBackup } from '../flows/run-backup.ts';
import { runCustomBackup } from '../flows/run-custom-backup.ts';
import { changePlan, savePlan, selectionOfPlan } from '../flows/save-plan.ts';
import { changedSelection } from '../presenters/changed-selection.ts';
import { termList } from '../presenters/custom-words.ts';
import { deviceName } from '../presenters/device-words.ts';
import { estimateCsv, estimateMarkdown } from '../presenters/estimate-export.ts';
import { estimatePicture } from '../presenters/estimate-picture.ts';
import type { JobState } from '../presenters/job-state.ts';
import { plainText } from '../presenters/plain-text.ts';
import { selectionTicks } from '../presenters/selection-ticks.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';
import { parseEstimateMessage, planOfSavedState } from './estimate-messages.ts';
import { EstimateRun } from './estimate-run.ts';
import type { PanelLink, PanelSession } from './panel-host.ts';

interface PlanDocument {
  readonly uri: Uri;
  /** `undefined` after a reload of the window, until it is read. */
  readonly selection: Selection | undefined;
}

/** What stands behind one estimate panel: runs the estimate, draws each state of it, does what the page asks for. */
export class EstimateSession implements PanelSession {
  readonly #services: Services;
  readonly #udid: string;
  readonly #link: PanelLink;
  readonly #run: EstimateRun;
  readonly #owned = new Disposables();
  #isReady = false;
  /** To be ticked once all rows are there. */
  #wanted: PlanDocument | undefined;
  /** The plan whose choice was ticked: a changed choice is written into its document. */
  #plan: PlanDocument | undefined;
  #asked: AskedTicks | undefined;

  /** `saved`: the page's state from before a reload of the window. */
  constructor(services: Services, udid: string, link: PanelLink, saved: unknown) {
    this.#services = services;
    this.#udid = udid;
    this.#link = link;
    this.#run = new EstimateRun(services, udid, () => this.#draw());
    this.#owned.own(services.devices.onDidChange(() => this.#draw()));
    this.#owned.own(services.jobs.onDidEnd((job) => this.#afterJob(job)));
    const plan = workspace.isTrusted ? planOfSavedState(saved) : undefined;
    if (plan !== undefined) this.#plan = { uri: Uri.parse(plan), selection: undefined };
    void this.#run.start({ experiment: false }).then(() => this.#recallPlan());
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
  choose(selection: Selection, uri: Uri): void {
    this.#wanted = { selection, uri };
    this.#plan = undefined;
    this.#draw();
  }

  /** The ticks are of no plan from now on. */
  forgetPlan(): void {
    this.#plan = undefined;
    this.#wanted = undefined;
    this.#draw();
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
    return { ...picture, choice: this.#asked, plan: this.#plan && linkTo(this.#plan.uri), remarks: [...picture.remarks, ...this.#unseenRemarks()] };
  }

  #unseenRemarks(): Remark[] {
    if (!this.#plan?.selection || this.#run.state.isRunning) return [];
    const { unseen } = selectionTicks(this.#run.rows, this.#plan.selection);
    if (unseen.length === 0) return [];
    const list = termList(unseen, wording(), (bundleId) => this.#run.appName(bundleId));
    return [{ severity: 'info', text: t('No line stands here for these parts of the plan, so they are not ticked: {list}. “Back Up Now” in the plan goes by them too.', { list }) }];
  }

  #takeOverChoice(): void {
    if (!this.#wanted?.selection || this.#run.state.isRunning) return;
    const { ticks } = selectionTicks(this.#run.rows, this.#wanted.selection);
    this.#asked = { ticks, asked: Date.now() };
    this.#plan = this.#wanted;
    this.#wanted = undefined;
  }

  /** What the plan says is not kept over a reload: it is read where it stands. */
  async #recallPlan(): Promise<void> {
    const plan = this.#plan;
    const selection = plan && !plan.selection ? await selectionOfPlan(plan.uri) : undefined;
    if (!plan || !selection || this.#plan !== plan) return;
    this.#plan = { ...plan, selection };
    this.#draw();
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
    if (this.#plan && (await changePlan(this.#plan.uri, (selection) => changedSelection(this.#run.rows, ticks, selection)))) return;
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

const linkTo = (uri: Uri): LinkedPlan => ({ uri: uri.toString(), name: plainText(posix.basename(uri.path), 100) });

/** The title of a panel before its device is known. */
export function estimateTitle({ devices }: Pick<Services, 'devices'>, udid: string): string {
  const device = devices.find(udid);
  return t('Estimate: {device}', { device: device ? deviceName(device, wording()) : `…${udid.slice(-4)}` });
}
