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
  facts: PlanFacts | undefined;
  figures: PlanFigures | undefined;

  constructor(document: TextDocument, locale: string) {
    this.document = document;
    this.version = document.version;
    this.plan = parsePlan(document.getText());
    this.#locale = locale;
  }

  get problems(): PlanProblem[] {
    return validatePlan(this.plan, { facts: this.facts, figures: this.figures, locale: this.#locale });
  }

  async learnFacts(knowledge: Knowledge): Promise<void> {
    this.facts = await knowledge.facts(deviceOf(this.plan.outline));
  }

  async learnFigures(knowledge: Knowledge): Promise<void> {
    const from = this.facts?.from;
    if (!from || this.plan.problems.some(({ code }) => code === 'syntax')) return;
    const sizes = await knowledge.measure({ udid: from.udid, id: from.id }, selectionsToMeasure(this.plan));
    this.figures = sizes && figuresOf(this.plan, sizes);
  }
}
