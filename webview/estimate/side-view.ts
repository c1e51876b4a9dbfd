import { element, icon } from '../support/dom.ts';
import { card, drawnWhenChanged } from './card.ts';
import { fitView } from './fit-view.ts';
import { growthWords } from './row-words.ts';
import { growthOf } from './rows.ts';
import type { Node } from './rows.ts';
import type { PageContext } from './store.ts';

/** CSS pixels from which on this part stands beside the table; the style sheet has the same. */
const wide = 900;

/** Rows that are named as having grown. */
const shownGrowth = 6;

/** Share of the whole below which growth is not worth a line. */
const leastGrowth = 0.0005;

const states = {
  done: 'M3 8.5l3.2 3.2L13 5',
  running: 'M8 2.5a5.5 5.5 0 1 1-5.5 5.5',
  waiting: 'M8 5v3l2 1.5M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11',
  failed: 'M8 4.5v4.5M8 11.6v.1M8 2l6.5 11.5h-13z',
  skipped: 'M4 8h8',
} as const;

const severities = { blocker: states.failed, warning: states.failed, info: 'M8 7.2v4M8 4.6v.1M8 1.8a6.2 6.2 0 1 1 0 12.4a6.2 6.2 0 1 1 0-12.4' } as const;

/** What stands beside picture and table. `reveal` shows a row in the table. */
export function sideView(context: PageContext, reveal: (node: Node) => void): HTMLElement {
  return element('aside', {}, remarksView(context), fitView(context), uncheckView(context, reveal), growthView(context, reveal), sourcesView(context));
}

function remarksView({ store, words, post }: PageContext): HTMLElement {
  const list = element('ul', { class: 'remarks' });
  const unlock = element('button', { on: { click: () => post({ type: 'enter-password' }) } }, words.t('Enter Backup Password…'));
  const hint = element('p', {}, words.t('The last backup is encrypted. With its password the estimate can tell what is in it.'));
  const locked = element('div', { class: 'locked' }, hint, unlock);
  const box = element('section', { class: 'card plain', attributes: { 'aria-label': words.t('Remarks') } }, list, locked);
  drawnWhenChanged(store, ({ remarks, needsPassword }) => [remarks, needsPassword], () => {
    const { remarks, needsPassword } = store.picture;
    box.hidden = remarks.length === 0 && !needsPassword;
    locked.hidden = !needsPassword;
    list.replaceChildren(...remarks.map(({ severity, text }) => element('li', { class: severity }, icon(severities[severity]), element('span', {}, text))));
  });
  return box;
}

/** A row by its name, as a link into the table. */
function rowLink(node: Node, reveal: (node: Node) => void): HTMLElement {
  return element('button', { class: 'bare link', title: node.row.name, on: { click: () => reveal(node) } }, node.row.name);
}

/** What people know by its name: an app, or a category without apps. */
function isNamed({ row, children }: Node): boolean {
  return row.kind === 'app' || (row.kind === 'category' && children.every((child) => child.row.kind !== 'app' && child.row.kind !== 'category'));
}

function growthView({ store, words }: PageContext, reveal: (node: Node) => void): HTMLElement {
  const list = element('ul', { class: 'pairs' });
  const box = card(words.t('What grew since the last backup'), list);
  drawnWhenChanged(store, ({ rows }) => rows, () => {
    const least = leastGrowth * (store.picture.total?.likely ?? 0);
    const grown = [...store.tree.byId.values()].filter((node) => isNamed(node) && (growthOf(node.row) ?? 0) > least && growthWords(node.row, words) !== '');
    const most = grown.toSorted((a, b) => (growthOf(b.row) ?? 0) - (growthOf(a.row) ?? 0)).slice(0, shownGrowth);
    box.hidden = most.length === 0;
    list.replaceChildren(...most.map((node) => element('li', {}, rowLink(node, reveal), element('span', { class: 'number' }, growthWords(node.row, words)))));
  });
  return box;
}

function uncheckView({ store, words }: PageContext, reveal: (node: Node) => void): HTMLElement {
  const { t } = words;
  const list = element('ol', { class: 'pairs' });
  const lead = element('p', {});
  const where = element('p', { class: 'quiet small' });
  const box = card(t('To stay within iCloud’s free space'), lead, list, where);
  drawnWhenChanged(store, ({ uncheck, uncheckPath, rows, clouds }) => [uncheck, uncheckPath, rows.length, clouds], () => {
    const { uncheck, uncheckPath, clouds } = store.picture;
    const rows = uncheck.flatMap(({ rowId, saves }) => {
      const node = store.tree.byId.get(rowId);
      return node ? [{ node, saves }] : [];
    });
    box.hidden = rows.length === 0;
    lead.textContent = t('Switch these off on the phone to stay within {size}:', { size: words.size(clouds[0]?.bytes ?? 0) });
    where.textContent = uncheckPath;
    list.replaceChildren(...rows.map(({ node, saves }) => element('li', {}, rowLink(node, reveal), element('span', { class: 'number' }, `−${words.size(saves)}`))));
  });
  return box;
}

function sourcesView({ store, words }: PageContext): HTMLElement {
  const { t } = words;
  const told = { done: t('done'), running: t('running'), waiting: t('waiting'), failed: t('failed'), skipped: t('left out') } as const;
  const list = element('ul', { class: 'sources' });
  const box = element('details', { class: 'card' }, element('summary', {}, element('h2', {}, t('Where the figures come from'))), list);
  // Below each other, the parts leave little room before the table.
  box.open = innerWidth > wide;
  drawnWhenChanged(store, ({ sources }) => sources, () => {
    box.hidden = store.picture.sources.length === 0;
    list.replaceChildren(
      ...store.picture.sources.map(({ state, name, note }) =>
        element(
          'li',
          { class: state },
          icon(states[state]),
          element('div', {}, element('span', {}, name), element('span', { class: 'quiet' }, ` · ${told[state]}`), element('p', { class: 'quiet small' }, note)),
        ),
      ),
    );
  });
  return box;
}
