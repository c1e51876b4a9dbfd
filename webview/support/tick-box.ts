import { element, setAttributes } from './dom.ts';

const checked = { yes: 'true', no: 'false', mixed: 'mixed' } as const;

export type BoxState = keyof typeof checked;

/** A box as the editor draws it; it has no focus of its own, its row or cell has. */
export function tickBox(): HTMLSpanElement {
  return element('span', { class: 'tick', role: 'checkbox' });
}

export function setTickBox(box: HTMLElement, state: BoxState, label: string): void {
  setAttributes(box, { 'aria-checked': checked[state], 'aria-label': label });
}

export const ariaChecked = (state: BoxState): string => checked[state];
