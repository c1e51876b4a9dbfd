import type { WordValue } from '../shared/words.ts';

/** Offsets in the text, in UTF-16 units; the end is not part of it. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

export interface PlanEdit extends TextRange {
  readonly text: string;
}

/** A quick fix; its title is made from `code` and `values`. */
export interface PlanFix {
  readonly code: 'replace' | 'remove-line' | 'remove-key' | 'quote' | 'encrypt' | 'set-version';
  readonly values: Readonly<Record<string, WordValue>>;
  readonly edits: readonly PlanEdit[];
}

/** What is wrong with a plan, as facts; `problem-words.ts` has the sentences. */
export interface PlanProblem {
  readonly code: PlanProblemCode;
  /** With an error nothing is done by the plan. */
  readonly severity: 'error' | 'warning' | 'information';
  readonly range: TextRange;
  readonly values: Readonly<Record<string, WordValue>>;
  readonly fixes: readonly PlanFix[];
}

export type PlanProblemCode =
  | 'too-large'
  | 'too-deep'
  | 'anchor'
  | 'tag'
  | 'syntax'
  | 'empty'
  | 'several-documents'
  | 'type'
  | 'range'
  | 'unknown-key'
  | 'duplicate-key'
  | 'missing-version'
  | 'newer-version'
  | 'password'
  | 'path'
  | 'term'
  | 'too-many-terms'
  | 'empty-list'
  | 'unknown-category'
  | 'unknown-app'
  | 'unknown-domain'
  | 'unknown-device'
  | 'needs-encryption'
  | 'mostly-encrypted'
  | 'contradiction'
  | 'excluded-wholly'
  | 'matches-nothing'
  | 'no-space'
  | 'no-room';

type Extras = Partial<Pick<PlanProblem, 'values' | 'fixes'>>;

export function problem(code: PlanProblemCode, severity: PlanProblem['severity'], range: TextRange, extras: Extras = {}): PlanProblem {
  const { values = {}, fixes = [] } = extras;
  return { code, severity, range, values, fixes };
}

export const isError = ({ severity }: PlanProblem): boolean => severity === 'error';
