import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { PlanFacts } from '../../shared/plan-facts.ts';
import { parsePlan, type PlanDocument } from '../parse-plan.ts';
import type { PlanProblem } from '../problem.ts';
import { deviceOf } from '../read-plan.ts';
import { figuresOf, selectionsToMeasure, validatePlan, type PlanFigures } from '../validate-plan.ts';
import type { Knowledge } from './knowledge.ts';

/** One version of an open file: read at once, then again beside what the client knows. */
export class OpenPlan {
  readonly document: TextDocument;
  readonly version: number;
  readonly plan: PlanDocument;
  readonly #locale: string;
  #facts: PlanFacts | undefined;
  #figures: PlanFigures | undefined;
  #problems: readonly PlanProblem[] | undefined;

  /** `facts`: what is known of the version before, until the client has answered for this one. */
  constructor(document: TextDocument, locale: string, facts?: PlanFacts) {
    this.document = document;
    this.version = document.version;
    this.plan = parsePlan(document.getText());
    this.#locale = locale;
    this.#facts = facts;
  }

  get facts(): PlanFacts | undefined {
    return this.#facts;
  }

  get figures(): PlanFigures | undefined {
    return this.#figures;
  }

  get problems(): readonly PlanProblem[] {
    this.#problems ??= validatePlan(this.plan, { facts: this.#facts, figures: this.#figures, locale: this.#locale });
    return this.#problems;
  }

  async learnFacts(knowledge: Knowledge): Promise<void> {
    const facts = await knowledge.facts(deviceOf(this.plan.outline));
    if (facts === this.#facts) return;
    this.#facts = facts;
    this.#problems = undefined;
  }

  async learnFigures(knowledge: Knowledge): Promise<void> {
    const from = this.#facts?.from;
    if (!from || this.plan.problems.some(({ code }) => code === 'syntax')) return;
    const sizes = await knowledge.measure({ udid: from.udid, id: from.id }, selectionsToMeasure(this.plan));
    this.#figures = sizes && figuresOf(this.plan, sizes);
    this.#problems = undefined;
  }
}
