import type { ReportFinding } from '../../src/shared/report-panel.ts';
import { element } from '../support/dom.ts';
import { findingCard } from './finding-card.ts';
import type { PageContext, View } from './page.ts';

/** The findings, gravest first. A card that has not changed stays as it is, with the focus that it may have. */
export function findingsView(context: PageContext): View {
  const root = element('ol', { class: 'findings' });
  let cards = new Map<string, { readonly drawn: string; readonly item: HTMLLIElement }>();
  const cardOf = (finding: ReportFinding, isFirst: boolean, isRunning: boolean): { readonly drawn: string; readonly item: HTMLLIElement } => {
    const drawn = JSON.stringify([finding, isFirst, isRunning]);
    const old = cards.get(finding.row);
    return old?.drawn === drawn ? old : { drawn, item: findingCard(finding, { ...context, isFirst, isRunning }) };
  };
  return {
    root,
    draw({ findings, isRunning }) {
      cards = new Map(findings.map((finding, index) => [finding.row, cardOf(finding, index === 0, isRunning)]));
      const items = [...cards.values()].map(({ item }) => item);
      const isSame = items.length === root.children.length && items.every((item, index) => root.children[index] === item);
      if (!isSame) root.replaceChildren(...items);
    },
  };
}
