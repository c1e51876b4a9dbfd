import type { PictureSource } from '../../src/shared/estimate-panel.ts';
import { element, icon, setAttributes, setText } from '../support/dom.ts';
import { setTickBox, tickBox } from '../support/tick-box.ts';
import { hueOf } from './hues.ts';
import { encryptionWords, growthWords, isExact, rangeWords, sizeWords } from './row-words.ts';
import type { Node, ShownRow } from './rows.ts';
import type { PageContext } from './store.ts';

/** CSS pixels; the style sheet has the same. */
export const rowHeight = 28;

const chevron = 'M6 4l4 4-4 4';

let made = 0;

/** One row of the table; drawn again for what it shows. */
export class TableRow {
  readonly element: HTMLElement;
  readonly #context: PageContext;
  readonly #twistie = element('span', { class: 'twistie', attributes: { 'aria-hidden': 'true' } }, icon(chevron));
  readonly #tick = tickBox();
  readonly #text = element('span', { class: 'text' });
  readonly #note = element('span', { class: 'note quiet' });
  readonly #name = element('span', { class: 'cell name', role: 'gridcell' }, this.#twistie, this.#tick, this.#text, this.#note);
  readonly #fill = element('span', { class: 'fill' });
  readonly #bar = element('span', { class: 'cell share', role: 'gridcell' }, element('span', { class: 'track', attributes: { 'aria-hidden': 'true' } }, this.#fill), element('span', { class: 'unseen' }));
  readonly #size = element('span', { class: 'cell size number', role: 'gridcell' });
  readonly #growth = element('span', { class: 'cell growth number', role: 'gridcell' });
  readonly #files = element('span', { class: 'cell files number quiet', role: 'gridcell' });
  readonly #source = element('span', { class: 'cell source quiet', role: 'gridcell' });

  #drawn: { readonly shown: ShownRow; readonly index: number; readonly version: number } | undefined;

  constructor(context: PageContext) {
    this.#context = context;
    this.element = element('div', { class: 'row', role: 'row', id: `row-${++made}` }, this.#name, this.#bar, this.#size, this.#growth, this.#files, this.#source);
  }

  /** Scrolling and moving draw the same rows again and again: nothing of those is touched but which one is active. */
  draw(shown: ShownRow, index: number, isActive: boolean): void {
    this.element.classList.toggle('active', isActive);
    setAttributes(this.element, { 'aria-selected': isActive });
    const { version } = this.#context.store;
    if (this.#drawn?.shown === shown && this.#drawn.index === index && this.#drawn.version === version) return;
    this.#drawn = { shown, index, version };
    this.#drawPlace(shown, index);
    this.#drawName(shown.node);
    this.#drawFigures(shown.node);
  }

  #drawPlace({ node: { depth, children }, isExpanded, place, siblings }: ShownRow, index: number): void {
    const { style, dataset } = this.element;
    style.transform = `translateY(${index * rowHeight}px)`;
    style.setProperty('--depth', String(depth));
    dataset['index'] = String(index);
    setAttributes(this.element, {
      'aria-level': depth + 1,
      'aria-posinset': place,
      'aria-setsize': siblings,
      'aria-rowindex': index + 2,
      'aria-expanded': children.length > 0 ? isExpanded : undefined,
    });
    this.#twistie.classList.toggle('leaf', children.length === 0);
  }

  #drawName({ row }: Node): void {
    const { store, words } = this.#context;
    const tick = store.ticks.tick(row.id);
    this.#tick.classList.toggle('absent', tick === 'none');
    if (tick !== 'none') setTickBox(this.#tick, tick, row.name);
    this.element.classList.toggle('left-out', tick === 'no');
    setText(this.#text, row.name);
    setAttributes(this.#text, { title: row.name });
    setText(this.#note, encryptionWords(row, store.picture.isEncrypted, words));
  }

  #drawFigures(node: Node): void {
    const { row } = node;
    const { store, words } = this.#context;
    const whole = Math.max(1, node.parent?.row.size.likely ?? store.picture.total?.likely ?? 1);
    const share = Math.min(1, row.size.likely / whole);
    this.#fill.style.width = `${share * 100}%`;
    this.#fill.className = `fill hue-${hueOf(top(node).row.id)}`;
    setText(this.#bar.lastChild ?? this.#bar, words.percent(share));
    setText(this.#size, sizeWords(row.size, words));
    setAttributes(this.#size, { title: isExact(row.size) ? undefined : rangeWords(row.size, words) });
    setText(this.#growth, growthWords(row, words));
    setText(this.#files, row.files === undefined ? '' : words.count(row.files));
    setText(this.#source, sourceName(store.picture.sources, row.source));
  }
}

function top(node: Node): Node {
  return node.parent ? top(node.parent) : node;
}

function sourceName(sources: readonly PictureSource[], id: PictureSource['id']): string {
  return sources.find((source) => source.id === id)?.name ?? '';
}
