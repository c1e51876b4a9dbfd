import type { ReportFinding } from '../../src/shared/report-panel.ts';
import { element } from '../support/dom.ts';
import { findingCard, noteLine, type FindingView } from './finding-card.ts';
import type { PageContext, View } from './page.ts';

interface Drawn {
  readonly text: string;
  readonly view: FindingView;
}

/** What is to be done, the gravest or likeliest first; what is only good to know stands below it, in a line each. */
export function findingsView(context: PageContext): View {
  const cards = listOf((finding, isFirst) => findingCard(finding, isFirst, context));
  const notes = listOf((finding) => noteLine(finding, context));
  const title = element('h2', {}, context.words.t('Good to know'));
  const section = element('section', { class: 'notes' }, title, notes.root);
  const root = element('div', {}, cards.root, section);
  return {
    root,
    draw({ findings, isRunning }) {
      const grave = findings.filter(({ severity }, index) => severity !== 'info' || isGoodNews(findings, index));
      const others = findings.filter((finding) => !grave.includes(finding));
      cards.draw(grave, isRunning);
      notes.draw(others, isRunning);
      cards.root.hidden = grave.length === 0;
      section.hidden = others.length === 0;
    },
  };
}

/** A note that is named before what is grave is the answer itself. */
const isGoodNews = (findings: readonly ReportFinding[], index: number): boolean => index === 0 && findings.some(({ severity }) => severity !== 'info');

interface List {
  readonly root: HTMLElement;
  draw(findings: readonly ReportFinding[], isRunning: boolean): void;
}

/** A finding that has not changed stays as it is, with the focus that it may have. */
function listOf(make: (finding: ReportFinding, isFirst: boolean) => FindingView): List {
  const root = element('ol', { class: 'findings' });
  let drawn = new Map<string, Drawn>();
  const one = (finding: ReportFinding, isFirst: boolean): Drawn => {
    const text = JSON.stringify([finding, isFirst]);
    const old = drawn.get(finding.row);
    return old?.text === text ? old : { text, view: make(finding, isFirst) };
  };
  return {
    root,
    draw(findings, isRunning) {
      drawn = new Map(findings.map((finding, index) => [finding.row, one(finding, index === 0)]));
      const views = [...drawn.values()].map(({ view }) => view);
      place(root, views.map(({ item }) => item));
      for (const view of views) view.setRunning(isRunning);
    },
  };
}

/** Elements that move lose the focus: it is given back. */
function place(root: HTMLElement, items: readonly HTMLElement[]): void {
  if (items.length === root.children.length && items.every((item, index) => root.children[index] === item)) return;
  const { activeElement } = document;
  root.replaceChildren(...items);
  if (activeElement instanceof HTMLElement && activeElement !== document.activeElement && root.contains(activeElement)) activeElement.focus();
}
