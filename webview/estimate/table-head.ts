import { element, icon, setAttributes, setText } from '../support/dom.ts';
import { setTickBox, tickBox } from '../support/tick-box.ts';
import { foundBy } from './rows.ts';
import type { PageContext } from './store.ts';
import { filterLimit } from './view-state.ts';
import type { Column } from './view-state.ts';

const arrow = 'M4 10l4-4 4 4';

/** The filter above the table and the headings that sort it. */
export function tableHead(context: PageContext): { readonly bar: HTMLElement; readonly columns: HTMLElement; readonly draw: () => void } {
  const filter = filterBox(context);
  const headings = headingRow(context);
  return {
    bar: element('div', { class: 'filter' }, filter.input, filter.found),
    columns: headings.row,
    draw: () => {
      filter.draw();
      headings.draw();
    },
  };
}

function filterBox({ store, words, say }: PageContext): { readonly input: HTMLInputElement; readonly found: HTMLElement; readonly draw: () => void } {
  const label = words.t('Filter by name');
  const tell = (): string => {
    const count = store.view.filter.trim() === '' ? undefined : [...foundBy(store.tree, store.view.filter)].length;
    return count === undefined ? '' : words.t('{count} of {all} lines', { count: words.count(count), all: words.count(store.tree.byId.size) });
  };
  const input = element('input', {
    attributes: { type: 'search', placeholder: label, 'aria-label': label, maxlength: filterLimit, spellcheck: 'false' },
    on: {
      input: () => {
        store.change({ filter: input.value });
        say(tell());
      },
    },
  });
  const found = element('span', { class: 'quiet' });
  const draw = (): void => {
    if (input.value !== store.view.filter) input.value = store.view.filter;
    setText(found, tell());
  };
  return { input, found, draw };
}

interface Heading {
  readonly column: Column | undefined;
  readonly cell: HTMLElement;
}

function headingRow(context: PageContext): { readonly row: HTMLElement; readonly draw: () => void } {
  const { store, words: { t } } = context;
  const all = allBox(context);
  const headings: Heading[] = [
    heading(context, 'name', t('Name'), 'name', all),
    heading(context, undefined, '', 'share'),
    heading(context, 'size', t('Size'), 'size'),
    heading(context, 'growth', t('Change'), 'growth'),
    heading(context, 'files', t('Files'), 'files'),
    heading(context, undefined, t('Known from'), 'source'),
  ];
  const row = element('div', { class: 'columns', role: 'row', attributes: { 'aria-rowindex': 1 } }, ...headings.map(({ cell }) => cell));
  const draw = (): void => {
    const tick = store.ticks.tick();
    all.classList.toggle('absent', tick === 'none');
    if (tick !== 'none') setTickBox(all, tick, t('Everything'));
    for (const { column, cell } of headings) {
      if (column === undefined) continue;
      const isSorted = store.view.sort.column === column;
      setAttributes(cell, { 'aria-sort': isSorted ? (store.view.sort.ascending ? 'ascending' : 'descending') : 'none' });
    }
  };
  return { row, draw };
}

/** The box of everything; unlike those of the rows it has a focus of its own. */
function allBox({ store }: PageContext): HTMLElement {
  const box = tickBox();
  const toggle = (): void => store.setTicks(store.ticks.toggled());
  box.tabIndex = 0;
  box.addEventListener('click', toggle);
  box.addEventListener('keydown', (event) => {
    if (event.key !== ' ') return;
    event.preventDefault();
    toggle();
  });
  return box;
}

function heading({ store }: PageContext, column: Column | undefined, text: string, className: string, ...before: readonly HTMLElement[]): Heading {
  const sort = (): void => {
    if (column === undefined) return;
    const { sort: now } = store.view;
    store.change({ sort: { column, ascending: now.column === column ? !now.ascending : column === 'name' } });
  };
  const label = column === undefined ? element('span', {}, text) : element('button', { class: 'bare sort', on: { click: sort } }, text, icon(arrow));
  return { column, cell: element('span', { class: `cell ${className}`, role: 'columnheader' }, ...before, label) };
}
