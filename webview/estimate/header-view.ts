import { element, setText } from '../support/dom.ts';
import { rangeWords, sizeWords } from './row-words.ts';
import type { PageContext } from './store.ts';

/** The figure that a person came for, and what can be done with the page. */
export function headerView(context: PageContext): HTMLElement {
  const { store, words } = context;
  const { t } = words;
  const device = element('h1');
  const identity = element('p', { class: 'quiet' });
  const total = element('p', { class: 'total number' });
  const range = element('p', { class: 'range quiet' });
  const facts = element('p', { class: 'facts' });
  const activity = element('div', { class: 'activity', attributes: { 'aria-hidden': 'true' } });
  const actions = headerActions(context);
  store.onDraw(() => {
    const { picture } = store;
    setText(device, picture.device);
    setText(identity, picture.identity);
    setText(total, picture.total ? sizeWords(picture.total, words) : picture.isRunning ? t('Looking…') : '');
    setText(range, picture.total ? totalNote(context) : '');
    setText(facts, factsOf(context).join(' · '));
    activity.classList.toggle('running', picture.isRunning);
    actions.draw();
  });
  const figures = element('div', { class: 'figures' }, element('h2', { class: 'unseen' }, t('Estimated size of the next backup')), total, range);
  return element('header', {}, element('div', { class: 'title' }, element('div', {}, device, identity), actions.root), figures, facts, activity);
}

function totalNote({ store: { picture }, words }: PageContext): string {
  if (!picture.total) return '';
  const range = rangeWords(picture.total, words);
  return range === '' ? words.t('estimated size of a whole backup') : words.t('estimated size of a whole backup, {range}', { range });
}

function factsOf({ store: { picture }, words }: PageContext): string[] {
  const { t } = words;
  const { transfer, time, last } = picture;
  const facts = [
    transfer && time !== undefined && t('The next run transfers about {size} in {time}', { size: words.size(transfer.likely), time }),
    transfer && time === undefined && t('The next run transfers about {size}', { size: words.size(transfer.likely) }),
    last && t('last backup {ago}: {size}', { ago: last.ago, size: words.size(last.size) }),
  ];
  return facts.filter((fact) => typeof fact === 'string');
}

function headerActions({ store, words: { t }, post }: PageContext): { readonly root: HTMLElement; readonly draw: () => void } {
  const button = (text: string, press: () => void): HTMLButtonElement => element('button', { on: { click: press } }, text);
  const refresh = button(t('Refresh'), () => post({ type: store.picture.isRunning ? 'stop' : 'refresh' }));
  const ask = button(t('Ask the Phone…'), () => post({ type: 'ask-phone' }));
  const copies = [
    button(t('Copy as Markdown'), () => post({ type: 'copy', format: 'markdown' })),
    button(t('Copy as CSV'), () => post({ type: 'copy', format: 'csv' })),
  ];
  const draw = (): void => {
    const { isRunning, rows } = store.picture;
    setText(refresh, isRunning ? t('Stop') : t('Refresh'));
    ask.disabled = isRunning;
    for (const copy of copies) copy.disabled = rows.length === 0;
  };
  return { root: element('div', { class: 'actions' }, ...copies, ask, refresh), draw };
}
