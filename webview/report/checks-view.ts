import type { ReportCheck, ReportGroup } from '../../src/shared/report-panel.ts';
import { element, icon, setText } from '../support/dom.ts';
import { icons, setUsable, type PageContext, type View } from './page.ts';

interface GroupView {
  readonly root: HTMLDetailsElement;
  draw(group: ReportGroup, isRunning: boolean): void;
}

/** What was looked at: a line for each group, folded until somebody wants to know. */
export function checksView(context: PageContext): View {
  const list = element('div', { class: 'groups' });
  const root = element('section', { class: 'checks' }, element('h2', {}, context.words.t('What was looked at')), list);
  const groups = new Map<string, GroupView>();
  return {
    root,
    draw(picture) {
      root.hidden = picture.groups.length === 0;
      for (const group of picture.groups) {
        const view = groups.get(group.id) ?? groupView(group.id, context);
        if (!groups.has(group.id)) list.append(view.root);
        groups.set(group.id, view);
        view.draw(group, picture.isRunning);
      }
    },
  };
}

function groupView(id: string, context: PageContext): GroupView {
  const sign = element('span', { class: 'sign' });
  const title = element('span');
  const count = element('span', { class: 'quiet' });
  const lines = element('ul', {});
  const root = context.folds.fold(`group:${id}`, {}, element('summary', {}, sign, title, count), lines);
  const views = new Map<string, CheckView>();
  return {
    root,
    draw(group, isRunning) {
      setText(title, group.title);
      setText(count, summaryOf(group, context));
      setSign(sign, signOf(group));
      for (const check of group.checks) {
        const key = `${check.id} ${check.device}`;
        const view = views.get(key) ?? checkView(context);
        if (!views.has(key)) lines.append(view.item);
        views.set(key, view);
        view.draw(check, isRunning);
      }
    },
  };
}

type Sign = keyof typeof icons;

function setSign(sign: HTMLElement, kind: Sign): void {
  if (sign.dataset['kind'] === kind) return;
  sign.dataset['kind'] = kind;
  sign.className = `sign ${kind}`;
  sign.replaceChildren(icon(icons[kind]));
}

const signOfCheck = ({ state, severity }: ReportCheck): Sign => (state === 'found' ? (severity ?? 'warning') : state);

/** The gravest of what a group holds. */
function signOf({ checks }: ReportGroup): Sign {
  const signs = new Set(checks.map(signOfCheck));
  const order = ['running', 'blocker', 'warning', 'unknown', 'waiting', 'info', 'good', 'skipped'] as const;
  return order.find((sign) => signs.has(sign)) ?? 'skipped';
}

function summaryOf({ checks }: ReportGroup, { words: { t, count } }: PageContext): string {
  const of = (...signs: readonly Sign[]): number => checks.filter((check) => signs.includes(signOfCheck(check))).length;
  const parts = [
    of('blocker', 'warning') > 0 && t('{count} to look at', { count: count(of('blocker', 'warning')) }),
    of('unknown') > 0 && t('{count} could not find out', { count: count(of('unknown')) }),
    of('info') > 0 && t('{count} good to know', { count: count(of('info')) }),
    of('good') > 0 && t('{count} good', { count: count(of('good')) }),
    of('skipped') === checks.length && t('left out'),
  ];
  return parts.filter((part) => part !== false).join(' · ');
}

interface CheckView {
  readonly item: HTMLLIElement;
  draw(check: ReportCheck, isRunning: boolean): void;
}

function checkView({ words: { t }, post }: PageContext): CheckView {
  const sign = element('span', { class: 'sign' });
  const name = element('span');
  const state = element('span', { class: 'unseen' });
  const sentence = element('p', { class: 'quiet' });
  const again = element('button', { class: 'bare' }, t('Check Again'));
  const item = element('li', {}, sign, element('div', {}, name, state, sentence), again);
  let shown: ReportCheck | undefined;
  again.addEventListener('click', () => {
    if (shown && again.ariaDisabled !== 'true') post({ type: 'again', checks: [shown.id] });
  });
  return {
    item,
    draw(check, isRunning) {
      shown = check;
      setSign(sign, signOfCheck(check));
      setText(name, check.device === '' ? check.title : `${check.title} · ${check.device}`);
      setText(state, `, ${stateWords(check, t)}`);
      setText(sentence, check.sentence);
      sentence.hidden = check.sentence === '';
      again.setAttribute('aria-label', t('Check again: {title}', { title: check.title }));
      setUsable(again, !isRunning);
    },
  };
}

function stateWords({ state }: ReportCheck, t: PageContext['words']['t']): string {
  const words = { good: t('good'), found: t('found something'), unknown: t('could not find out'), skipped: t('left out'), waiting: t('waiting'), running: t('running') };
  return words[state];
}
