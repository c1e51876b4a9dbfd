import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { PlanFacts } from '../../shared/plan-facts.ts';
import type { Translate } from '../../shared/words.ts';
import type { PlanDocument } from '../parse-plan.ts';
import type { PlanProblem } from '../problem.ts';
import type { PlanFigures } from '../validate-plan.ts';
import type { PlanServerOptions } from './protocol.ts';

/** All that a provider answers from: one version of one file and what is known about it. */
export interface PlanView {
  readonly document: TextDocument;
  readonly plan: PlanDocument;
  readonly problems: readonly PlanProblem[];
  readonly facts: PlanFacts | undefined;
  readonly figures: PlanFigures | undefined;
  readonly t: Translate;
  readonly locale: string;
  readonly isTrusted: boolean;
  readonly commands: PlanServerOptions['commands'];
}
