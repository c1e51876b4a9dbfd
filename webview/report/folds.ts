import { element } from '../support/dom.ts';
import type { Port, Protocol } from '../support/port.ts';

/** Folds that stay as the person left them: while the page is drawn anew, and when it was hidden or reloaded. */
export class Folds {
  readonly #open: Set<string>;
  readonly #save: () => void;

  constructor({ saved, save }: Pick<Port<Protocol>, 'saved' | 'save'>) {
    this.#open = new Set(openOf(saved));
    this.#save = () => save({ open: [...this.#open] });
  }

  /** `id` names the fold over all drawings. */
  fold(id: string, traits: { readonly class?: string }, ...children: readonly (Node | string | false | undefined)[]): HTMLDetailsElement {
    const made = element('details', traits, ...children);
    made.open = this.#open.has(id);
    made.addEventListener('toggle', () => {
      if (made.open === this.#open.has(id)) return;
      if (made.open) this.#open.add(id);
      else this.#open.delete(id);
      this.#save();
    });
    return made;
  }
}

/** At most so many folds are kept. */
const limit = 500;

function openOf(saved: unknown): string[] {
  if (typeof saved !== 'object' || saved === null || !('open' in saved) || !Array.isArray(saved.open)) return [];
  return saved.open.filter((id): id is string => typeof id === 'string').slice(0, limit);
}
