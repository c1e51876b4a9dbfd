import type { ReportFinding } from '../../src/shared/report-panel.ts';
import { element, icon } from '../support/dom.ts';
import { icons, setUsable, type PageContext } from './page.ts';

export interface FindingView {
  readonly item: HTMLLIElement;
  /** Nothing can be checked again while a check runs. */
  setRunning(isRunning: boolean): void;
}

/** What was seen, why it matters, what to do. The best step of the first finding is the one that stands out. */
export function findingCard(finding: ReportFinding, isFirst: boolean, context: PageContext): FindingView {
  const again = againButton(finding, context);
  const head = element('div', { class: 'head' }, icon(icons[finding.severity]), element('h2', {}, severityOf(finding, context), finding.sentence));
  const body = bodyOf(finding, context, actionsOf(finding, context, again, isFirst));
  return { item: element('li', { class: `finding ${finding.severity}` }, head, ...body), setRunning: (isRunning) => again && setUsable(again, !isRunning) };
}

/** One that is only good to know: a line that unfolds. */
export function noteLine(finding: ReportFinding, context: PageContext): FindingView {
  const again = againButton(finding, context);
  const summary = element('summary', {}, icon(icons.info), element('span', {}, finding.sentence));
  const body = element('div', {}, ...bodyOf(finding, context, actionsOf(finding, context, again, false)));
  const item = element('li', { class: 'note info' }, context.folds.fold(`note:${finding.row}`, {}, summary, body));
  return { item, setRunning: (isRunning) => again && setUsable(again, !isRunning) };
}

function severityOf({ severity }: ReportFinding, { words: { t } }: PageContext): HTMLElement {
  const names = { blocker: t('Stops a backup'), warning: t('Warning'), info: t('Note') };
  return element('span', { class: 'unseen' }, `${names[severity]}: `);
}

function bodyOf(finding: ReportFinding, context: PageContext, actions: HTMLElement): HTMLElement[] {
  const why = [finding.cause, finding.risk].filter((text) => text !== '').join(' ');
  const parts = [
    finding.device !== '' && element('p', { class: 'quiet' }, finding.device),
    why !== '' && element('p', { class: 'why' }, why),
    stepsOf(finding, context),
    actions,
    sourcesOf(finding, context),
  ];
  return parts.filter((part) => part instanceof HTMLElement);
}

function stepsOf({ steps }: ReportFinding, { words: { t } }: PageContext): HTMLElement | undefined {
  if (steps.length === 0) return undefined;
  const items = steps.map(({ text, destroys }) =>
    element('li', {}, text, destroys !== '' && element('span', { class: 'destroys warning' }, icon(icons.warning), element('span', {}, destroys))),
  );
  return element('div', { class: 'steps' }, element('h3', {}, t('What to do')), element(steps.length === 1 ? 'ul' : 'ol', {}, ...items));
}

function againButton({ checks }: ReportFinding, { words: { t }, post }: PageContext): HTMLButtonElement | undefined {
  if (checks.length === 0) return undefined;
  const made = element('button', { class: 'bare' }, t('Check This Again'));
  made.addEventListener('click', () => {
    if (made.ariaDisabled !== 'true') post({ type: 'again', checks });
  });
  return made;
}

function actionsOf({ row, action }: ReportFinding, { words: { t }, post }: PageContext, again: HTMLElement | undefined, isFirst: boolean): HTMLElement {
  const act = action !== undefined && element('button', { class: isFirst ? 'primary' : '', on: { click: () => post({ type: 'act', row }) } }, action);
  const more = element('button', { class: 'bare', on: { click: () => post({ type: 'help', row }) } }, t('Read More'));
  return element('div', { class: 'actions' }, act, again, more);
}

function sourcesOf({ row, sources }: ReportFinding, { words: { t }, folds }: PageContext): HTMLElement | undefined {
  if (sources.length === 0) return undefined;
  const items = sources.map((source) => element('li', {}, isAddress(source) ? element('a', { attributes: { href: source } }, source) : source));
  return folds.fold(`sources:${row}`, { class: 'sources' }, element('summary', { class: 'quiet' }, t('Where this is known from')), element('ul', {}, ...items));
}

const isAddress = (source: string): boolean => /^https:\/\/\S+$/.test(source);
