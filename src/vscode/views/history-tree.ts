import { EventEmitter } from 'vscode';
import type { Disposable, Event, TreeDataProvider, TreeItem } from 'vscode';
import { Disposables } from '../disposables.ts';
import { childNodes, rootNodes, type ToldHistory } from '../presenters/history-nodes.ts';
import { draftRow, entryRow, foreignGroupRow, foreignRow, groupRow, trashGroupRow, trashRow } from '../presenters/history-row.ts';
import type { HistoryNode } from '../presenters/nodes.ts';
import type { Row } from '../presenters/row.ts';
import { runRow } from '../presenters/run-row.ts';
import { wording } from '../wording.ts';
import type { HistoryStore } from './history-store.ts';
import { treeItem } from './tree-item.ts';

const nothing: ToldHistory = { entries: [], drafts: [], trash: [], runs: [], foreign: [], problems: [] };

/** The Backup History view: devices, below them their backups, newest first; then other programs' backups and the trash. */
export class HistoryTree implements TreeDataProvider<HistoryNode>, Disposable {
  readonly #store: HistoryStore;
  readonly #owned = new Disposables();
  readonly #changed = this.#owned.own(new EventEmitter<void>());
  #filter = '';

  constructor(store: HistoryStore) {
    this.#store = store;
    this.#owned.own(store.onDidChange(() => this.#changed.fire()));
  }

  get onDidChangeTreeData(): Event<void> {
    return this.#changed.event;
  }

  get filter(): string {
    return this.#filter;
  }

  set filter(text: string) {
    this.#filter = text;
    this.#changed.fire();
  }

  /** Whether the view shows any row. */
  get isEmpty(): boolean {
    return rootNodes(this.#history, this.#filter, wording()).length === 0;
  }

  getTreeItem(node: HistoryNode): TreeItem {
    return treeItem(this.#row(node));
  }

  getChildren(node?: HistoryNode): HistoryNode[] {
    if (node) return childNodes(this.#history, node, this.#filter, wording());
    void this.#store.load();
    return rootNodes(this.#history, this.#filter, wording());
  }

  getParent(node: HistoryNode): HistoryNode | undefined {
    const udid = udidOf(node);
    return rootNodes(this.#history, this.#filter, wording()).find((root) => {
      if (root.kind === 'group') return root.udid === udid;
      return root.kind === `${node.kind}-group`;
    });
  }

  dispose(): void {
    this.#owned.dispose();
  }

  get #history(): ToldHistory {
    return this.#store.history ?? nothing;
  }

  #row(node: HistoryNode): Row {
    const w = wording();
    switch (node.kind) {
      case 'group':
        return groupRow(node.udid, node.name, this.#store.entries(node.udid), w);
      case 'entry':
        return entryRow(node.entry, w);
      case 'draft':
        return draftRow(node.draft, w);
      case 'run':
        return runRow(node.run, node.cause, w);
      case 'foreign-group':
        return foreignGroupRow(this.#history.foreign.length, w);
      case 'foreign':
        return foreignRow(node.foreign, w);
      case 'trash-group':
        return trashGroupRow(this.#history.trash, w);
      case 'trash':
        return trashRow(node.trash, node.name, w);
    }
  }
}

/** The device whose group a row stands in. */
function udidOf(node: HistoryNode): string | undefined {
  if (node.kind === 'entry') return node.entry.udid;
  if (node.kind === 'draft') return node.draft.udid;
  return node.kind === 'run' ? node.run.udid : undefined;
}
