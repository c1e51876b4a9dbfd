import type { PictureRow } from '../../src/shared/estimate-panel.ts';
import type { Tree, TreeNode } from '../../src/shared/row-tree.ts';
import type { Sort, ViewState } from './view-state.ts';

export type Node = TreeNode<PictureRow>;

/** A row of the table as it is shown. */
export interface ShownRow {
  readonly node: Node;
  readonly isExpanded: boolean;
  /** From 1, among the shown rows of the same parent. */
  readonly place: number;
  readonly siblings: number;
}

export type Compare = (a: string, b: string) => number;

/** Bytes more than in the last backup; `undefined` where that cannot be told. */
export function growthOf({ size, before }: PictureRow): number | undefined {
  return before === undefined ? undefined : size.likely - before;
}

/** The rows of the table from top to bottom: what is unfolded, or what the filter finds with what stands above it. */
export function shownRows(tree: Tree<PictureRow>, view: Pick<ViewState, 'expanded' | 'sort' | 'filter'>, compare: Compare): ShownRow[] {
  const order = orderOf(view.sort, compare);
  const found = view.filter.trim() === '' ? undefined : foundBy(tree, view.filter);
  const shown: ShownRow[] = [];
  const add = (nodes: readonly Node[]): void => {
    const wanted = found ? nodes.filter((node) => found.has(node)) : nodes;
    for (const [index, node] of wanted.toSorted(order).entries()) {
      const isExpanded = node.children.length > 0 && (found ? node.children.some((child) => found.has(child)) : view.expanded.has(node.row.id));
      shown.push({ node, isExpanded, place: index + 1, siblings: wanted.length });
      if (isExpanded) add(node.children);
    }
  };
  add(tree.roots);
  return shown;
}

/** The rows whose name holds every word, and all above them. */
export function foundBy(tree: Tree<PictureRow>, filter: string): ReadonlySet<Node> {
  const words = filter.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const found = new Set<Node>();
  for (const node of tree.byId.values()) {
    const name = node.row.name.toLocaleLowerCase();
    if (!words.every((word) => name.includes(word))) continue;
    for (let at: Node | undefined = node; at; at = at.parent) found.add(at);
  }
  return found;
}

function orderOf({ column, ascending }: Sort, compare: Compare): (a: Node, b: Node) => number {
  const sign = ascending ? 1 : -1;
  const byName = (a: Node, b: Node): number => compare(a.row.name, b.row.name);
  if (column === 'name') return (a, b) => sign * byName(a, b);
  const value = ({ row }: Node): number => {
    if (column === 'size') return row.size.likely;
    return (column === 'growth' ? growthOf(row) : row.files) ?? -Infinity;
  };
  return (a, b) => {
    const [left, right] = [value(a), value(b)];
    return left === right ? byName(a, b) : sign * (left < right ? -1 : 1);
  };
}
