import type { ReportCheck, ReportGroup } from '../../src/shared/report-panel.ts';
import { element, icon, setText } from '../support/dom.ts';
import { icons, type PageContext, type View } from './page.ts';

interface GroupView {
  readonly root: HTMLDetailsElement;
  draw(group: ReportGroup, isRunning: boolean): void;
}

/** What was looked at: a line for each group, folded while all in it is well. */
export function checksView(context: PageContext): View {
  const list = element('div', { class: 'groups' });
  const root = element('section', { class: 'checks' }, element('h2', {}, context.words.t('What was looked at')), list);
  const groups = new Map<string, GroupView>();
  return {
    root,
    draw(picture) {
      root.hidden = picture.groups.length === 0;
      for (const group of picture.groups) {
        const view = groups.get(group.id) ?? groupView(context);
        if (!groups.has(group.id)) list.append(view.root);
        groups.set(group.id, view);
        view.draw(group, picture.isRunning);
      }
    },
  };
}

function groupView(context: PageContext): GroupView {
  const sign = element('span', { class: 'sign' });
  const title = element('span');
  const count = element('span', { class: 'quiet' });
  const lines = element('ul', {});
  const root = element('details', {}, element('summary', {}, sign, title, count), lines);
  let drawn = '';
  return {
    root,
    draw(group, isRunning) {
      const now = JSON.stringify([group, isRunning]);
      if (now === drawn) return;
      drawn = now;
      setText(title, group.title);
      setText(count, summaryOf(group, context));
      const state = stateOf(group);
      sign.className = `sign ${state}`;
      sign.replaceChildren(icon(icons[state]));
      lines.replaceChildren(...group.checks.map((check) => checkLine(check, context, isRunning)));
    },
  };
}

/** The gravest of what a group holds. */
function stateOf({ checks }: ReportGroup): ReportCheck['state'] {
  const order = ['found', 'unknown', 'running', 'waiting', 'good', 'skipped'] as const;
  return order.find((state) => checks.some((check) => check.state === state)) ?? 'skipped';
}

function summaryOf({ checks }: ReportGroup, { words: { t, count } }: PageContext): string {
  const of = (state: ReportCheck['state']): number => checks.filter((check) => check.state === state).length;
  const parts = [
    of('found') > 0 && t('{count} with findings', { count: count(of('found')) }),
    of('unknown') > 0 && t('{count} could not find out', { count: count(of('unknown')) }),
    of('good') > 0 && t('{count} good', { count: count(of('good')) }),
  ];
  return parts.filter((part) => part !== false).join(' · ');
}

function checkLine({ id, device, state, title, sentence }: ReportCheck, { words: { t }, post }: PageContext, isRunning: boolean): HTMLElement {
  const told = { good: t('good'), found: t('found something'), unknown: t('could not find out'), skipped: t('left out'), waiting: t('waiting'), running: t('running') }[state];
  const again = element('button', { class: 'bare', attributes: { 'aria-label': t('Check again: {title}', { title }) }, on: { click: () => post({ type: 'again', checks: [id] }) } }, t('Check Again'));
  again.disabled = isRunning;
  const name = element('span', {}, device === '' ? title : `${title} · ${device}`, element('span', { class: 'unseen' }, `, ${told}`));
  const isFinished = state !== 'waiting' && state !== 'running';
  return element('li', { class: state }, icon(icons[state]), element('div', {}, name, sentence !== '' && element('p', { class: 'quiet' }, sentence)), isFinished && again);
}
