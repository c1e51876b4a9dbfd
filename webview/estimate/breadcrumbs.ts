import { element } from '../support/dom.ts';
import type { Node } from './rows.ts';
import type { PageContext } from './store.ts';

/** The way from everything to the row that the picture shows from the inside; each step leads back. */
export function breadcrumbs({ store, words }: PageContext): { readonly root: HTMLElement; readonly draw: () => void } {
  const list = element('ol');
  const root = element('nav', { class: 'crumbs', attributes: { 'aria-label': words.t('Where the picture is') } }, list);
  let shown: string | undefined;
  const draw = (): void => {
    const steps: (Node | undefined)[] = [undefined];
    for (let at = store.drilled; at; at = at.parent) steps.splice(1, 0, at);
    const key = JSON.stringify(steps.map((node) => [node?.row.id, node?.row.name]));
    if (key === shown) return;
    shown = key;
    list.replaceChildren(...steps.map((node, index) => step(node?.row.name ?? words.t('Everything'), node?.row.id, index === steps.length - 1)));
  };
  const step = (name: string, id: string | undefined, isLast: boolean): HTMLElement =>
    element('li', {}, isLast ? element('span', { attributes: { 'aria-current': 'location' } }, name) : element('button', { class: 'bare', on: { click: () => store.change({ drilled: id }) } }, name));
  return { root, draw };
}
