import type { PlanFacts, SelectionSize } from '../shared/plan-facts.ts';
import type { Selection } from '../shared/selection.ts';
import type { PlanDocument } from './parse-plan.ts';
import { isError, type PlanProblem } from './problem.ts';
import { planOf } from './read-plan.ts';
import { validateEncryption } from './validate-encryption.ts';
import { validateNames, withAppFix } from './validate-names.ts';
import { validateContradictions, validateSizes } from './validate-sizes.ts';

/** How much each line, and the whole, took of the last backup. */
export interface PlanFigures {
  /** In the order of `outline.terms`; `undefined` where it was not measured. */
  readonly terms: readonly { readonly alone: SelectionSize | undefined; readonly left: SelectionSize | undefined }[];
  readonly total: SelectionSize;
}

export interface PlanKnowledge {
  readonly facts?: PlanFacts | undefined;
  readonly figures?: PlanFigures | undefined;
  /** For sizes and days in sentences; BCP 47. */
  readonly locale?: string | undefined;
}

/** All that is wrong with a plan, by itself and beside what is known of devices and backups, in the order of the text. */
export function validatePlan(document: PlanDocument, knowledge: PlanKnowledge = {}): PlanProblem[] {
  const own = document.problems.map((each) => withAppFix(each, document.text, knowledge.facts));
  const isWhole = !own.some(({ code }) => code === 'syntax' || code === 'newer-version');
  const more = isWhole
    ? [
        ...validateEncryption(document),
        ...validateContradictions(document, knowledge),
        ...validateNames(document, knowledge),
        ...validateSizes(document, knowledge),
      ]
    : [];
  return [...own, ...more].toSorted((a, b) => a.range.start - b.range.start || Number(isError(b)) - Number(isError(a)));
}

/** Beyond so many lines only the whole is measured. */
const measuredTerms = 200;

/** What to measure for `PlanFigures`: the whole; then each line alone; then each included line with the excluded ones taken off. */
export function selectionsToMeasure(document: PlanDocument): Selection[] {
  const { selection } = planOf(document.outline);
  const terms = document.outline.terms.length > measuredTerms ? [] : document.outline.terms;
  const alone = terms.flatMap(({ term }): Selection[] => (term ? [{ include: [term], exclude: [] }] : []));
  const included = terms.filter(({ list }) => list === 'include');
  const left = included.flatMap(({ term }): Selection[] => (term ? [{ include: [term], exclude: selection.exclude }] : []));
  return [selection, ...alone, ...left];
}

/** Sorts the answer for `selectionsToMeasure` by lines. */
export function figuresOf(document: PlanDocument, sizes: readonly SelectionSize[]): PlanFigures | undefined {
  const [total, ...rest] = sizes;
  if (!total || rest.length + 1 !== selectionsToMeasure(document).length) return undefined;
  const { terms } = document.outline;
  let alone = 0;
  let left = terms.filter(({ term }) => term).length;
  const next = ({ term, list }: (typeof terms)[number]) => ({
    alone: term && rest[alone++],
    left: term && list === 'include' ? rest[left++] : undefined,
  });
  return { total, terms: rest.length === 0 ? terms.map(() => ({ alone: undefined, left: undefined })) : terms.map(next) };
}
