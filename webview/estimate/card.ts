import type { EstimatePicture } from '../../src/shared/estimate-panel.ts';
import { element } from '../support/dom.ts';
import type { Store } from './store.ts';

/** A part of the page beside the table, with a heading. */
export function card(title: string, ...content: readonly HTMLElement[]): HTMLElement {
  return element('section', { class: 'card' }, element('h2', {}, title), ...content);
}

/** Draws only when what it depends on has changed: most pictures of a running estimate change a few lines. */
export function drawnWhenChanged(store: Store, of: (picture: EstimatePicture) => unknown, draw: () => void): void {
  let drawn: string | undefined;
  store.onDraw(() => {
    const now = JSON.stringify(of(store.picture)) ?? '';
    if (now === drawn) return;
    drawn = now;
    draw();
  });
}
