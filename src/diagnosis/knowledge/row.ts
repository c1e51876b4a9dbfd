import type { Diagnosed } from '../../shared/diagnosis-report.ts';
import type { JobNotice, JobPhase } from '../../shared/job-events.ts';
import type { ErrorAction } from '../error-row.ts';

export type Severity = Diagnosed['severity'];

/** Operating systems with steps of their own; `other` are all without. */
export type HostSystem = 'linux' | 'darwin' | 'win32' | 'other';

/** One step of a remedy. */
export interface Remedy {
  /** A sentence in the imperative, with the way through menus or the exact command. */
  readonly step: string;
  /** Only on these computers; everywhere when absent. */
  readonly on?: readonly HostSystem[];
  /** Only for devices from this iOS on, or below this one. */
  readonly ios?: { readonly from?: string; readonly below?: string };
  /** What the step destroys, a sentence. Such a step is never the first. */
  readonly destroys?: string;
  /** What software can do about it. */
  readonly action?: ErrorAction;
  /** A line of a checklist: shown only where the fact of that name is so. Without the fact it counts as `unknown`. */
  readonly when?: { readonly fact: string; readonly is: Seen };
}

/** Of a condition: seen to be so, seen not to be so, or not to be seen from here. */
export type Seen = 'yes' | 'no' | 'unknown';

/** How the error of a run points to a row. What is given must all hold; the weight says how telling it then is. */
export interface Sign {
  /** Code of the error, `mb.208`. */
  readonly code: string;
  /** What the error concerned. */
  readonly subject?: string;
  readonly phases?: readonly JobPhase[];
  readonly notice?: JobNotice['code'];
  readonly jobs?: readonly string[];
  /** Id of a check that saw nothing wrong. */
  readonly good?: string;
  /** 0 to 1. */
  readonly weight: number;
}

/**
 * One cause of trouble: how it looks, why it happens, what to do. English sentences are the keys of their translations.
 * Where two rows fit equally, the one that stands first in the knowledge is named first.
 */
export interface KnowledgeRow {
  /** `passcode.unanswered`: stable. */
  readonly id: string;
  readonly topic: string;
  readonly severity: Severity;
  /** At most four words, for the row of a device. */
  readonly short: string;
  /** What people see, in the words that they search for. */
  readonly symptom: string;
  /** What was seen, with facts as `{placeholders}`. */
  readonly sentence: string;
  /** In its place where the facts are not known. */
  readonly plainly?: string;
  readonly cause: string;
  /** What it puts at risk; empty for nothing. */
  readonly risk: string;
  /** The safest step first. */
  readonly remedies: readonly Remedy[];
  /** Errors that point here. */
  readonly signs: readonly Sign[];
  /** How it is found: ids of checks, or a question to the person where software cannot see it. */
  readonly evidence: { readonly checks?: readonly string[]; readonly ask?: string };
  /** Most devices show it: it is named after all that is as grave. */
  readonly isStanding?: true;
  /** Rows that this one is but the consequence of: beside one of them it is not named. */
  readonly follows?: readonly string[];
  /** Seen after a failed run, it is named before what the run ran into. */
  readonly isGoodNews?: true;
  /** Names of facts that are bytes. */
  readonly sizes?: readonly string[];
  /** Public names or addresses. */
  readonly sources: readonly string[];
}
