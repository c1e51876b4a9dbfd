import type { PlanFacts, SelectionSize } from '../../shared/plan-facts.ts';
import type { Selection } from '../../shared/selection.ts';
import type { FactsQuestion, MeasureAnswer, MeasureQuestion, WireFacts } from './protocol.ts';

/** Who knows devices and backups: the client. */
export interface FactsSource {
  facts(question: FactsQuestion): Promise<WireFacts | null | undefined>;
  measure(question: MeasureQuestion): Promise<MeasureAnswer | undefined>;
}

/** Sizes of so many lines are kept. */
const maxSizes = 10_000;

/** What the client told, asked once until it says that it changed. A question that fails is one without an answer. */
export class Knowledge {
  readonly #source: FactsSource;
  readonly #facts = new Map<string, Promise<PlanFacts | undefined>>();
  readonly #sizes = new Map<string, SelectionSize>();

  constructor(source: FactsSource) {
    this.#source = source;
  }

  forget(): void {
    this.#facts.clear();
    this.#sizes.clear();
  }

  facts(device: string | undefined): Promise<PlanFacts | undefined> {
    const key = device ?? '';
    const known = this.#facts.get(key) ?? this.#ask(device);
    this.#facts.set(key, known);
    return known;
  }

  /** Sizes in the order of `selections`; `undefined` where the backup cannot be measured. */
  async measure(entry: MeasureQuestion['entry'], selections: readonly Selection[]): Promise<readonly SelectionSize[] | undefined> {
    const keys = selections.map((selection) => JSON.stringify([entry.udid, entry.id, selection]));
    const missing = selections.filter((_, index) => !this.#sizes.has(keys[index] ?? ''));
    if (missing.length > 0 && !(await this.#measureMissing(entry, missing))) return undefined;
    const sizes = keys.flatMap((key) => this.#sizes.get(key) ?? []);
    return sizes.length === keys.length ? sizes : undefined;
  }

  async #measureMissing(entry: MeasureQuestion['entry'], selections: readonly Selection[]): Promise<boolean> {
    const answer = await this.#source.measure({ entry, selections }).catch(() => undefined);
    if (!answer || answer.length !== selections.length) return false;
    if (this.#sizes.size + selections.length > maxSizes) this.#sizes.clear();
    for (const [index, size] of answer.entries()) this.#sizes.set(JSON.stringify([entry.udid, entry.id, selections[index]]), size);
    return true;
  }

  async #ask(device: string | undefined): Promise<PlanFacts | undefined> {
    const told = await this.#source.facts(device === undefined ? {} : { device }).catch(() => undefined);
    return told ? { ...told, from: told.from && { ...told.from, date: new Date(told.from.date) } } : undefined;
  }
}
