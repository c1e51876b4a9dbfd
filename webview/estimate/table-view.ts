import type { PictureRow } from '../../src/shared/estimate-panel.ts';
import type { Tree } from '../../src/shared/row-tree.ts';
import { element, setAttributes, setText } from '../support/dom.ts';
import { everyFrame } from '../support/frames.ts';
import { shownRows } from './rows.ts';
import type { Node, ShownRow } from './rows.ts';
import type { PageContext } from './store.ts';
import { tableHead } from './table-head.ts';
import { TableRow, rowHeight } from './table-row.ts';
import type { ViewState } from './view-state.ts';

/** Rows kept above and below the visible ones. */
const margin = 12;

/** The lines as a tree grid. Only the visible rows exist; the grid has the focus and names the active row. */
export class TableView {
  readonly root: HTMLElement;
  readonly #context: PageContext;
  readonly #body: HTMLElement;
  readonly #grid: HTMLElement;
  readonly #empty: HTMLElement;
  readonly #drawHead: () => void;
  readonly #rows = new Map<string, TableRow>();
  /** Rows that are not in sight any more, to be used again. */
  readonly #spare: TableRow[] = [];
  #shown: readonly ShownRow[] = [];
  #orderKey: readonly unknown[] = [];
  #drawnVersion = -1;
  #active = 0;
  #activeId: string | undefined;

  constructor(context: PageContext) {
    this.#context = context;
    const head = tableHead(context);
    this.#drawHead = head.draw;
    this.#body = element('div', { class: 'rows', role: 'rowgroup' });
    this.#empty = element('p', { class: 'nothing quiet' });
    this.#grid = element(
      'div',
      {
        class: 'grid',
        role: 'treegrid',
        attributes: { tabindex: 0, 'aria-label': context.words.t('What a backup holds'), 'aria-multiselectable': 'true', 'aria-colcount': 6 },
        on: { keydown: (event: KeyboardEvent) => this.#press(event), click: (event: MouseEvent) => this.#click(event), dblclick: (event: MouseEvent) => this.#open(event) },
      },
      head.columns,
      this.#body,
    );
    this.root = element('section', { class: 'table' }, head.bar, this.#grid, this.#empty);
    everyFrame(() => this.#drawRows(), ['scroll', 'resize']);
    context.store.onDraw(() => this.#draw());
  }

  /** Unfolds what stands above a row, makes it the active one and shows it. */
  reveal(node: Node): void {
    const { store } = this.#context;
    const above: string[] = [];
    for (let at = node.parent; at; at = at.parent) above.push(at.row.id);
    this.#activeId = node.row.id;
    store.change({ expanded: new Set([...store.view.expanded, ...above]), filter: '' });
    requestAnimationFrame(() => requestAnimationFrame(() => this.#show(this.#active)));
  }

  #draw(): void {
    const { store, words } = this.#context;
    this.#drawnVersion = store.version;
    this.#shown = this.#order(store.tree, store.view);
    const place = this.#shown.findIndex(({ node }) => node.row.id === this.#activeId);
    this.#active = place >= 0 ? place : Math.min(this.#active, Math.max(0, this.#shown.length - 1));
    this.#activeId = this.#shown[this.#active]?.node.row.id;
    this.#body.style.height = `${this.#shown.length * rowHeight}px`;
    setAttributes(this.#grid, { 'aria-rowcount': this.#shown.length + 1, 'aria-busy': store.picture.isRunning });
    this.#empty.hidden = this.#shown.length > 0;
    setText(this.#empty, store.picture.rows.length > 0 ? words.t('Nothing has that name.') : '');
    this.#drawHead();
    this.#drawRows();
  }

  /** Ordering thousands of rows is done again only when their order may have changed: ticks leave it as it is. */
  #order(tree: Tree<PictureRow>, { expanded, sort, filter }: ViewState): readonly ShownRow[] {
    const key = [tree, expanded, sort, filter];
    if (key.every((part, index) => part === this.#orderKey[index])) return this.#shown;
    this.#orderKey = key;
    return shownRows(tree, { expanded, sort, filter }, this.#context.words.compare);
  }

  /** Makes, moves and removes rows so that those in sight are there, and the active one, which the grid names. */
  #drawRows(): void {
    const top = this.#body.getBoundingClientRect().top;
    const first = Math.max(0, Math.floor(-top / rowHeight) - margin);
    const last = Math.min(this.#shown.length - 1, Math.ceil((innerHeight - top) / rowHeight) + margin);
    const wanted = new Map<string, number>();
    for (let index = first; index <= last; index++) wanted.set(this.#shown[index]?.node.row.id ?? '', index);
    if (this.#activeId !== undefined) wanted.set(this.#activeId, this.#active);
    for (const [id, row] of this.#rows) if (!wanted.has(id)) this.#forget(id, row);
    for (const [id, index] of wanted) this.#drawRow(id, index);
    setAttributes(this.#grid, { 'aria-activedescendant': this.#rows.get(this.#activeId ?? '')?.element.id });
  }

  #forget(id: string, row: TableRow): void {
    this.#rows.delete(id);
    row.element.hidden = true;
    this.#spare.push(row);
  }

  #drawRow(id: string, index: number): void {
    const shown = this.#shown[index];
    if (!shown) return;
    const row = this.#rows.get(id) ?? this.#spare.pop() ?? this.#newRow();
    this.#rows.set(id, row);
    row.element.hidden = false;
    row.draw(shown, index, index === this.#active);
  }

  #newRow(): TableRow {
    const row = new TableRow(this.#context);
    this.#body.append(row.element);
    return row;
  }

  #click({ target }: MouseEvent): void {
    const index = indexAt(target);
    const node = this.#shown[index]?.node;
    if (!node || !(target instanceof Element)) return;
    this.#activate(index);
    if (target.closest('.tick')) this.#toggle(node);
    else if (target.closest('.twistie')) this.#fold(node, !this.#context.store.view.expanded.has(node.row.id));
  }

  #open({ target }: MouseEvent): void {
    const node = this.#shown[indexAt(target)]?.node;
    if (node && target instanceof Element && !target.closest('.tick, .twistie')) this.#drill(node);
  }

  #press(event: KeyboardEvent): void {
    if (event.target !== this.#grid || event.ctrlKey || event.metaKey || event.altKey) return;
    // Keys may come faster than frames: each acts on what the one before has made of the rows.
    if (this.#drawnVersion !== this.#context.store.version) this.#draw();
    const page = Math.max(1, Math.floor(innerHeight / rowHeight) - 4);
    const moves: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    const move = moves[event.key];
    const node = this.#shown[this.#active]?.node;
    if (move !== undefined) this.#activate(Math.min(this.#shown.length - 1, Math.max(0, this.#active + move)), true);
    else if (node && event.key === ' ') this.#toggle(node);
    else if (node && event.key === 'Enter') this.#drill(node);
    else if (node && event.key === 'ArrowRight') this.#right(node);
    else if (node && event.key === 'ArrowLeft') this.#left(node);
    else return;
    event.preventDefault();
  }

  #right(node: Node): void {
    if (node.children.length === 0) return;
    if (this.#shown[this.#active]?.isExpanded) this.#activate(this.#active + 1, true);
    else this.#fold(node, true);
  }

  #left(node: Node): void {
    if (this.#shown[this.#active]?.isExpanded === true && this.#context.store.view.filter === '') this.#fold(node, false);
    else if (node.parent) this.#activate(this.#shown.findIndex((each) => each.node === node.parent), true);
  }

  #fold(node: Node, unfolds: boolean): void {
    const expanded = new Set(this.#context.store.view.expanded);
    if (unfolds) expanded.add(node.row.id);
    else expanded.delete(node.row.id);
    this.#context.store.change({ expanded });
  }

  #toggle(node: Node): void {
    const { store, say, words } = this.#context;
    if (store.ticks.tick(node.row.id) === 'none') return;
    store.setTicks(store.ticks.toggled(node.row.id));
    const values = { name: node.row.name };
    say(store.ticks.tick(node.row.id) === 'yes' ? words.t('{name}: ticked', values) : words.t('{name}: not ticked', values));
  }

  #drill(node: Node): void {
    const inside = node.children.length > 0 ? node : node.parent;
    this.#context.store.change({ drilled: inside?.row.id });
  }

  #activate(index: number, shows = false): void {
    this.#active = index;
    this.#activeId = this.#shown[index]?.node.row.id;
    if (shows) this.#show(index);
    this.#drawRows();
  }

  /** Scrolls no further than it takes to see the row, between the headings above and the bar below. */
  #show(index: number): void {
    const top = this.#body.getBoundingClientRect().top + index * rowHeight;
    const head = this.root.querySelector('.columns')?.getBoundingClientRect().bottom ?? 0;
    const foot = innerHeight - (document.querySelector('.footer')?.getBoundingClientRect().height ?? 0);
    if (top < head) scrollBy({ top: top - head });
    else if (top + rowHeight > foot) scrollBy({ top: top + rowHeight - foot });
  }
}

function indexAt(target: EventTarget | null): number {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
  return Number(row?.dataset['index'] ?? Number.NaN);
}
