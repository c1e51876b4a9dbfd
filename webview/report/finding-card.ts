import type { ReportFinding } from '../../src/shared/report-panel.ts';
import { element, icon } from '../support/dom.ts';
import { icons, type PageContext } from './page.ts';

interface CardContext extends PageContext {
  /** The best step of the first finding is the one that stands out. */
  readonly isFirst: boolean;
  readonly isRunning: boolean;
}

/** What was seen, why it matters, what to do. */
export function findingCard(finding: ReportFinding, context: CardContext): HTMLLIElement {
  const { t } = context.words;
  const severity = { blocker: t('Stops a backup'), warning: t('Warning'), info: t('Note') }[finding.severity];
  const head = element('div', { class: 'head' }, icon(icons[finding.severity]), element('span', { class: 'unseen' }, `${severity}: `), element('h2', {}, finding.sentence));
  const why = [finding.cause, finding.risk].filter((text) => text !== '').map((text) => element('p', { class: 'why' }, text));
  return element('li', { class: `finding ${finding.severity}` }, head, ...why, stepsOf(finding, context), actionsOf(finding, context), sourcesOf(finding, context));
}

function stepsOf({ steps }: ReportFinding, { words: { t } }: CardContext): HTMLElement | undefined {
  if (steps.length === 0) return undefined;
  const items = steps.map(({ text, destroys }) =>
    element('li', {}, text, destroys !== '' && element('span', { class: 'destroys' }, icon(icons.warning), destroys)),
  );
  return element('div', { class: 'steps' }, element('h3', {}, t('What to do')), element('ol', {}, ...items));
}

function actionsOf({ row, action, checks }: ReportFinding, { words: { t }, post, isFirst, isRunning }: CardContext): HTMLElement | undefined {
  const act = action !== undefined && element('button', { class: isFirst ? 'primary' : '', on: { click: () => post({ type: 'act', row }) } }, action);
  const again = element('button', { class: 'bare', on: { click: () => post({ type: 'again', checks }) } }, t('Check This Again'));
  again.disabled = isRunning;
  if (!act && checks.length === 0) return undefined;
  return element('div', { class: 'actions' }, act, checks.length > 0 && again);
}

function sourcesOf({ sources }: ReportFinding, { words: { t } }: CardContext): HTMLElement | undefined {
  if (sources.length === 0) return undefined;
  const items = sources.map((source) => element('li', {}, isAddress(source) ? element('a', { attributes: { href: source } }, source) : source));
  return element('details', { class: 'sources' }, element('summary', { class: 'quiet' }, t('Where this is known from')), element('ul', {}, ...items));
}

const isAddress = (source: string): boolean => /^https:\/\/\S+$/.test(source);
