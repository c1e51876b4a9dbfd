import { hostname } from 'node:os';
import { env, window } from 'vscode';
import type { Disposable, TreeView } from 'vscode';
import type { EntryRef } from '../../jobs/api.ts';
import type { ContextKeys } from '../context-keys.ts';
import { Disposables } from '../disposables.ts';
import { contextKey, view } from '../ids.ts';
import type { HistoryState } from '../ids.ts';
import type { JobController } from '../jobs/job-controller.ts';
import { deviceName } from '../presenters/device-words.ts';
import type { DeviceNode, HistoryNode } from '../presenters/nodes.ts';
import { plainText } from '../presenters/plain-text.ts';
import { findingLine } from '../presenters/finding-line.ts';
import { dotted } from '../presenters/row.ts';
import { t, wording } from '../wording.ts';
import type { DeviceHealth } from './device-health.ts';
import type { DeviceStore } from './device-store.ts';
import { DeviceTree } from './device-tree.ts';
import type { HistoryStore } from './history-store.ts';
import { HistoryTree } from './history-tree.ts';

/** Problems shown above the rows of the history at once. */
const shownProblems = 3;

export interface ViewSources {
  readonly devices: DeviceStore;
  readonly history: HistoryStore;
  readonly jobs: JobController;
  readonly health: DeviceHealth;
  readonly keys: ContextKeys;
}

/** The two trees in the side bar, and the context keys that choose their welcome texts. */
export class Views implements Disposable {
  readonly #owned = new Disposables();
  readonly #devices: DeviceStore;
  readonly #history: HistoryStore;
  readonly #keys: ContextKeys;
  readonly #historyTree: HistoryTree;
  readonly #deviceView: TreeView<DeviceNode>;
  readonly #historyView: TreeView<HistoryNode>;

  constructor({ devices, history, jobs, health, keys }: ViewSources) {
    this.#devices = devices;
    this.#history = history;
    this.#keys = keys;
    const deviceTree = this.#owned.own(new DeviceTree(devices, history, jobs, health));
    this.#historyTree = this.#owned.own(new HistoryTree(history));
    this.#deviceView = this.#owned.own(window.createTreeView(view.devices, { treeDataProvider: deviceTree, showCollapseAll: true }));
    this.#historyView = this.#owned.own(window.createTreeView(view.history, { treeDataProvider: this.#historyTree, showCollapseAll: true }));
    this.#owned.own(devices.onDidChange(() => this.#showDeviceState()));
    this.#owned.own(history.onDidChange(() => this.#showHistoryState()));
    this.#owned.own(this.#historyView.onDidChangeVisibility(({ visible }) => visible && void history.refresh()));
    this.#owned.own(window.onDidChangeWindowState(({ focused }) => focused && this.#historyView.visible && void history.refresh()));
    this.#owned.own(jobs.onDidChange(() => keys.set(contextKey.jobRunning, jobs.jobs.length > 0)));
    this.#showDeviceState();
    this.#showHistoryState();
  }

  get historyFilter(): string {
    return this.#historyTree.filter;
  }

  set historyFilter(text: string) {
    this.#historyTree.filter = text;
    this.#historyView.description = plainText(text, 40);
    this.#keys.set(contextKey.historyFiltered, text !== '');
    this.#showHistoryState();
  }

  /** Opens the side bar at an entry and selects it. */
  async revealEntry(ref: EntryRef): Promise<void> {
    const entry = this.#history.find(ref);
    if (entry) await this.#historyView.reveal({ kind: 'entry', entry }, { select: true, focus: true });
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #showDeviceState(): void {
    const { state, devices } = this.#devices;
    this.#keys.set(contextKey.devices, state);
    const waiting = state === 'notTrusted' ? devices.map((device) => deviceName(device, wording())) : [];
    this.#deviceView.description = dotted(machineName(), ...waiting);
  }

  #showHistoryState(): void {
    this.#keys.set(contextKey.history, this.#historyState());
    this.#showProblems();
    this.#keys.set(contextKey.hasTrash, (this.#history.history?.trash.length ?? 0) > 0);
  }

  /** What is wrong with the library stands above its rows. */
  #showProblems(): void {
    const problems = this.#history.history?.problems ?? [];
    const texts = problems.filter(({ severity }) => severity !== 'info').map((problem) => findingLine(problem, wording()));
    const message = [...new Set(texts)].slice(0, shownProblems).join('\n');
    // An empty view with a message would not show its welcome text.
    this.#historyView.message = this.#historyTree.isEmpty ? '' : message;
  }

  #historyState(): HistoryState {
    if (this.#history.error !== undefined) return 'unreachable';
    if (!this.#history.history) return 'starting';
    if (!this.#historyTree.isEmpty) return 'listed';
    return this.#historyTree.filter === '' ? 'empty' : 'nothingMatches';
  }
}

/** The machine whose devices these are, where that is not the one in front of the person: WSL, SSH, containers, tunnels. */
function machineName(): string | undefined {
  const isNamed = env.remoteName !== undefined && /^[a-z-]+$/.test(env.remoteName);
  return isNamed ? t('on {machine}', { machine: hostname() }) : undefined;
}
