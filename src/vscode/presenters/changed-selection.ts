import { termText } from '../../selection/term-text.ts';
import type { EstimateRow } from '../../shared/estimate.ts';
import { treeOf } from '../../shared/row-tree.ts';
import type { Tree } from '../../shared/row-tree.ts';
import type { Selection, SelectionTerm } from '../../shared/selection.ts';
import { Ticks, termsOf } from '../../shared/ticks.ts';
import type { TickRow, TickState } from '../../shared/ticks.ts';
import { idsByText, isWithin, selectionTicks, textsOf } from './selection-ticks.ts';

type Row = Pick<EstimateRow, 'id' | 'parent' | 'term'>;

/**
 * A plan's selection after the boxes of an estimate were changed: lines that still say the same stay, those that no row
 * stands for stay anyway. The very same object where the boxes say what the plan says.
 */
export function changedSelection(rows: readonly Row[], ticks: TickState, plan: Selection): Selection {
  const { ticks: before, unseen } = selectionTicks(rows, plan);
  const whole = new Boxes(rows, ticks);
  const planned = new Boxes(rows, before);
  if (rows.every(({ id }) => whole.tick(id) === planned.tick(id))) return plan;
  const isUnseen = (line: SelectionTerm): boolean => unseen.includes(line);
  const exclude = plan.exclude.filter((line) => isUnseen(line) || whole.isAll('no', line));
  if (whole.tick() === 'yes') return { include: [], exclude };
  const out = new Set(exclude.flatMap((line) => whole.idsOf(line)));
  const parents = new Map(rows.map(({ id, parent }) => [id, parent]));
  const rest = new Boxes(rows.filter(({ id }) => !isWithin(id, out, parents)), ticks);
  const include = together(plan.include.filter((line) => isUnseen(line) || rest.isAll('yes', line)), rest.terms('yes'));
  return ticks.all || include.length === 0 ? { include: [], exclude: together(exclude, whole.terms('no')) } : { include, exclude };
}

/** The boxes of some rows, by the terms that the rows stand for. */
class Boxes {
  readonly #tree: Tree<TickRow>;
  readonly #ticks: Ticks;
  readonly #termById: ReadonlyMap<string, SelectionTerm | undefined>;
  readonly #idsByText: ReadonlyMap<string, readonly string[]>;

  constructor(rows: readonly Row[], ticks: TickState) {
    this.#tree = treeOf(rows.map(({ id, parent, term }) => ({ id, parent, canChoose: term !== undefined })));
    this.#ticks = new Ticks(this.#tree, ticks);
    this.#termById = new Map(rows.map(({ id, term }) => [id, term]));
    this.#idsByText = idsByText(rows);
  }

  tick(id?: string) {
    return this.#ticks.tick(id);
  }

  idsOf(line: SelectionTerm): readonly string[] {
    return this.#idsByText.get(termText(line)) ?? [];
  }

  isAll(wanted: 'yes' | 'no', line: SelectionTerm): boolean {
    const ids = this.idsOf(line);
    return ids.length > 0 && ids.every((id) => this.tick(id) === wanted);
  }

  terms(wanted: 'yes' | 'no'): SelectionTerm[] {
    return termsOf(wanted, this.#tree.roots, this.#ticks, (id) => this.#termById.get(id));
  }
}

/** Both without what is said twice. */
function together(lines: readonly SelectionTerm[], more: readonly SelectionTerm[]): SelectionTerm[] {
  const said = new Set(lines.map(termText));
  return [...lines, ...more.filter((line) => !textsOf(line).some((text) => said.has(text)))];
}
