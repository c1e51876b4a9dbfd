import { categoryById } from '../selection/index.ts';
import type { EstimateRow, EstimateSourceId } from '../shared/estimate.ts';
import { nothing, sum } from './size-range.ts';

export type Leaf = Omit<EstimateRow, 'encryption'>;

/** Longest name of a row, in characters. */
const maxName = 100;
export const unknownCategory = 'other:unknown';

const blank = { parent: undefined, size: nothing, files: undefined, source: 'last-backup', before: undefined } as const;

/** Rows as they are found, under their categories; what a parent has is the sum of its children. */
export class RowTree {
  readonly #rows = new Map<string, EstimateRow>();
  readonly #children = new Map<string, string[]>();

  /** Id of a category's row, which is made where it is missing. Files of no category go under one row of their own. */
  category(id: string | undefined): string {
    const category = id === undefined ? undefined : categoryById.get(id);
    const rowId = category ? `category:${category.id}` : unknownCategory;
    if (this.#rows.has(rowId)) return rowId;
    if (!category) {
      this.#put({ ...blank, id: rowId, kind: 'other', name: 'Other', term: undefined, encryption: 'any' });
      return rowId;
    }
    const parent = category.parent === undefined ? undefined : this.category(category.parent);
    const { name, encryption } = category;
    this.#put({ ...blank, id: rowId, parent, kind: 'category', name, term: { kind: 'category', id: category.id }, encryption });
    return rowId;
  }

  /** Adds a row at the top or under a parent that is there; one that is there already is replaced. */
  add(leaf: Leaf): void {
    const encryption = (leaf.parent === undefined ? undefined : this.#rows.get(leaf.parent)?.encryption) ?? 'any';
    this.#put({ ...leaf, name: leaf.name.slice(0, maxName).toWellFormed(), encryption });
  }

  /** All rows, parents before their children, the largest first. */
  rows(): EstimateRow[] {
    const tops = [...this.#rows.values()].filter(({ parent }) => parent === undefined);
    const added = this.#bySize(tops.map(({ id }) => this.#sumUp(id)));
    return added.flatMap((row) => this.#withChildren(row));
  }

  #put(row: EstimateRow): void {
    const isNew = !this.#rows.has(row.id);
    this.#rows.set(row.id, row);
    if (!isNew || row.parent === undefined) return;
    const siblings = this.#children.get(row.parent);
    if (siblings) siblings.push(row.id);
    else this.#children.set(row.parent, [row.id]);
  }

  #sumUp(id: string): EstimateRow {
    const row = this.#rows.get(id) as EstimateRow;
    const children = (this.#children.get(id) ?? []).map((child) => this.#sumUp(child));
    if (children.length === 0) return row;
    const summed: EstimateRow = {
      ...row,
      size: sum(children.map(({ size }) => size)),
      files: optionalSum(children.map(({ files }) => files)),
      before: optionalSum(children.map(({ before }) => before)),
      source: mainSource(children),
    };
    this.#rows.set(id, summed);
    return summed;
  }

  #withChildren(row: EstimateRow): EstimateRow[] {
    const children = (this.#children.get(row.id) ?? []).map((id) => this.#rows.get(id) as EstimateRow);
    return [row, ...this.#bySize(children).flatMap((child) => this.#withChildren(child))];
  }

  #bySize = (rows: readonly EstimateRow[]): EstimateRow[] => rows.toSorted((a, b) => b.size.likely - a.size.likely || (a.id < b.id ? -1 : 1));
}

/** `undefined` when none of them is known. */
function optionalSum(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((total, value) => total + value, 0);
}

/** The source of the largest part. */
function mainSource(rows: readonly EstimateRow[]): EstimateSourceId {
  return rows.reduce((most, row) => (row.size.likely > most.size.likely ? row : most)).source;
}
