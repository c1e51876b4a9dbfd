import { element, icon, setAttributes, setText } from '../support/dom.ts';
import { drawCell } from './treemap-cell.ts';
import { breadcrumbs } from './breadcrumbs.ts';
import type { Node } from './rows.ts';
import type { PageContext } from './store.ts';
import { neighbour, treemapCells } from './treemap-layout.ts';
import type { Cell, Direction } from './treemap-layout.ts';

const directions: Readonly<Record<string, Direction>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };

/** Rows that the text in place of the picture names. */
const toldRows = 6;

const upward = 'M8 13V3M4 7l4-4 4 4';

/** The picture: what is large is large. It has the focus as a whole and names the active cell. */
export class TreemapView {
  readonly root: HTMLElement;
  readonly #context: PageContext;
  readonly #picture: HTMLElement;
  readonly #told = element('p', { class: 'unseen', id: 'picture-text' });
  readonly #crumbs: ReturnType<typeof breadcrumbs>;
  readonly #up: HTMLButtonElement;
  readonly #elements: HTMLElement[] = [];
  readonly #reveal: (node: Node) => void;
  #cells: readonly Cell[] = [];
  #active = 0;

  /** `reveal` shows a row in the table. */
  constructor(context: PageContext, reveal: (node: Node) => void) {
    const { t } = context.words;
    this.#context = context;
    this.#reveal = reveal;
    this.#crumbs = breadcrumbs(context);
    this.#up = element('button', { class: 'bare up', title: t('One level up'), attributes: { 'aria-label': t('One level up') }, on: { click: () => this.#goUp() } }, icon(upward));
    this.#picture = element('div', {
      class: 'picture',
      role: 'tree',
      attributes: { tabindex: 0, 'aria-label': t('Picture of the sizes'), 'aria-describedby': 'picture-text', 'aria-multiselectable': 'true' },
      on: { keydown: (event: KeyboardEvent) => this.#press(event), click: (event: MouseEvent) => this.#click(event) },
    });
    this.root = element('section', { class: 'map' }, element('div', { class: 'path' }, this.#up, this.#crumbs.root), this.#picture, this.#told);
    new ResizeObserver(() => this.#draw()).observe(this.#picture);
    context.store.onDraw(() => this.#draw());
  }

  get #shownNodes(): readonly Node[] {
    const { store } = this.#context;
    return store.drilled?.children ?? store.tree.roots;
  }

  #draw(): void {
    const { store } = this.#context;
    const { clientWidth, clientHeight } = this.#picture;
    const before = this.#cells[this.#active]?.node;
    this.#cells = treemapCells(this.#shownNodes, store.drilled, clientWidth, clientHeight);
    this.#active = Math.max(0, this.#cells.findIndex(({ node, rest }) => rest === 0 && node?.row.id === before?.row.id));
    this.#up.disabled = store.drilled === undefined;
    this.#crumbs.draw();
    setText(this.#told, this.#textInPlace());
    for (const index of this.#cells.keys()) this.#drawCell(index);
    for (const surplus of this.#elements.splice(this.#cells.length)) surplus.remove();
    setAttributes(this.#picture, { 'aria-activedescendant': this.#elements[this.#active]?.id, 'aria-busy': store.picture.isRunning });
    this.#picture.classList.toggle('empty', this.#cells.length === 0);
  }

  #drawCell(index: number): void {
    const cell = this.#cells[index];
    if (cell) drawCell(this.#elementAt(index), cell, this.#context, index === this.#active);
  }

  #elementAt(index: number): HTMLElement {
    const there = this.#elements[index];
    if (there) return there;
    const made = element('div', { id: `cell-${index}`, role: 'treeitem', attributes: { 'data-index': index } });
    this.#elements.push(made);
    this.#picture.append(made);
    return made;
  }

  #textInPlace(): string {
    const { store, words } = this.#context;
    const largest = this.#shownNodes.toSorted((a, b) => b.row.size.likely - a.row.size.likely).slice(0, toldRows);
    const whole = Math.max(1, store.drilled?.row.size.likely ?? store.picture.total?.likely ?? 1);
    const parts = largest.map(({ row }) => words.t('{name}: {size}, {share}', { name: row.name, size: words.size(row.size.likely), share: words.percent(row.size.likely / whole) }));
    return [...parts, words.t('The table below holds every line.')].join('. ');
  }

  #click({ target }: MouseEvent): void {
    if (!(target instanceof Element)) return;
    const index = Number(target.closest<HTMLElement>('[data-index]')?.dataset['index'] ?? Number.NaN);
    const cell = this.#cells[index];
    if (!cell) return;
    this.#activate(index);
    if (target.closest('.tick')) this.#toggle(cell);
    else this.#open(cell);
  }

  #press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = directions[event.key];
    const cell = this.#cells[this.#active];
    if (direction) this.#activate(neighbour(this.#cells, this.#active, direction));
    else if (event.key === 'Home') this.#activate(0);
    else if (event.key === 'End') this.#activate(this.#cells.length - 1);
    else if (event.key === ' ' && cell) this.#toggle(cell);
    else if (event.key === 'Enter' && cell) this.#open(cell);
    else if (event.key === 'Backspace' || event.key === 'Escape') this.#goUp();
    else return;
    event.preventDefault();
  }

  /** Goes into what has parts; shows anything else in the table. */
  #open({ node, rest }: Cell): void {
    const { store, say, words } = this.#context;
    if (!node) return;
    if (node.children.length === 0 || node === store.drilled) return this.#reveal(rest > 0 ? (node.children[0] ?? node) : node);
    store.change({ drilled: node.row.id });
    this.#active = 0;
    say(words.t('Inside {name}', { name: node.row.name }));
  }

  #goUp(): void {
    const { store } = this.#context;
    if (store.drilled) store.change({ drilled: store.drilled.parent?.row.id });
  }

  #toggle({ node, rest }: Cell): void {
    const { store } = this.#context;
    if (node && rest === 0 && store.ticks.tick(node.row.id) !== 'none') store.setTicks(store.ticks.toggled(node.row.id));
  }

  #activate(index: number): void {
    const before = this.#active;
    this.#active = index;
    for (const changed of [before, index]) this.#drawCell(changed);
    setAttributes(this.#picture, { 'aria-activedescendant': this.#elements[index]?.id });
  }
}
