/** Where in a series of questions one stands. */
export interface StepPlace {
  readonly title: string;
  /** From 1. */
  readonly step: number;
  readonly totalSteps: number;
}

export type Answer<T> = { readonly kind: 'answer'; readonly value: T } | { readonly kind: 'back' } | { readonly kind: 'cancel' };

/** Asks one question and keeps its answer; `back` returns to the question before, `skip` means that there was nothing to ask. */
export type Step = (place: StepPlace) => Promise<Answer<unknown>['kind'] | 'skip'>;

/** Asks all questions in turn, with a way back; `false` when they were cancelled. */
export async function askInSteps(title: string, steps: readonly Step[]): Promise<boolean> {
  let index = 0;
  let direction = 1;
  while (index < steps.length) {
    const kind = await steps[index]?.({ title, step: index + 1, totalSteps: steps.length });
    if (kind === 'cancel') return false;
    if (kind !== 'skip') direction = kind === 'back' ? -1 : 1;
    index += direction;
    if (index < 0) return false;
  }
  return true;
}
