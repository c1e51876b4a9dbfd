import { element } from './dom.ts';

/** How long a remark waits for a later one to replace it, in ms: typing a filter shall not make a screen reader talk at each letter. */
const patience = 400;

/** A region that only screen readers see; `say` speaks when the person is done. */
export function liveRegion(): { readonly region: HTMLElement; readonly say: (text: string) => void } {
  const region = element('div', { class: 'unseen', role: 'status', attributes: { 'aria-live': 'polite' } });
  let timer: number | undefined;
  return {
    region,
    say: (text) => {
      clearTimeout(timer);
      timer = setTimeout(() => (region.textContent = text), patience);
    },
  };
}
