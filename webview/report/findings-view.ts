import type { ReportFinding } from '../../src/shared/report-panel.ts';
import { element } from '../support/dom.ts';
import { findingCard, noteLine, type FindingView } from './finding-card.ts';
import type { PageContext, View } from './page.ts';

interface Drawn {
  readonly text: string;
  readonly view: FindingView;
}

/** What is to be done, the gravest or likeliest first; below it, in a line each, what may be the cause and what is good to know. */
export function findingsView(context: PageContext): View {
  const { t } = context.words;
  const cards = listOf((finding, isFirst) => findingCard(finding, isFirst, context));
  const lines = (): List => listOf((finding) => noteLine(finding, context));
  const sections = [titled(t('Other possible causes'), 'possible', lines()), titled(t('Good to know'), 'note', lines())];
  const root = element('div', {}, cards.root, ...sections.map((section) => section.root));
  return {
    root,
    draw({ findings, isRunning }) {
      const grave = findings.filter(({ kind }) => kind === 'card');
      cards.draw(grave, isRunning);
      cards.root.hidden = grave.length === 0;
      for (const section of sections) section.draw(findings, isRunning);
    },
  };
}

/** A list of one kind of finding with its heading, hidden while it is empty. */
function titled(title: string, kind: ReportFinding['kind'], list: List): List {
  const root = element('section', { class: 'notes' }, element('h2', {}, title), list.root);
  return {
    root,
    draw(findings, isRunning) {
      const own = findings.filter((finding) => finding.kind === kind);
      root.hidden = own.length === 0;
      list.draw(own, isRunning);
    },
  };
}

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
      const held = heldIn(drawn);
      drawn = new Map(findings.map((finding, index) => [finding.row, one(finding, index === 0)]));
      const views = [...drawn.values()].map(({ view }) => view);
      place(root, views.map(({ item }) => item));
      if (held) giveBack(held, drawn.get(held.row));
      for (const view of views) view.setRunning(isRunning);
    },
  };
}

function place(root: HTMLElement, items: readonly HTMLElement[]): void {
  const isSame = items.length === root.children.length && items.every((item, index) => root.children[index] === item);
  if (!isSame) root.replaceChildren(...items);
}

interface Held {
  readonly row: string;
  readonly index: number;
}

const reachable = ({ view }: Drawn): HTMLElement[] => [...view.item.querySelectorAll<HTMLElement>('button, summary, a')];

/** Which finding has the focus, and on which of its parts. */
function heldIn(drawn: ReadonlyMap<string, Drawn>): Held | undefined {
  for (const [row, each] of drawn) {
    const index = reachable(each).findIndex((part) => part === document.activeElement);
    if (index >= 0) return { row, index };
  }
  return undefined;
}

/** What moves or is drawn anew loses the focus. */
function giveBack({ index }: Held, drawn: Drawn | undefined): void {
  const part = drawn && reachable(drawn)[index];
  if (part && part !== document.activeElement) part.focus();
}
