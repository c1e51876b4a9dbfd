/** A row of a list that forms a tree by `parent`. */
export interface TreeRow {
  readonly id: string;
  readonly parent: string | undefined;
}

export interface TreeNode<Row extends TreeRow> {
  readonly row: Row;
  readonly parent: TreeNode<Row> | undefined;
  readonly children: readonly TreeNode<Row>[];
  /** 0 at the top. */
  readonly depth: number;
}

export interface Tree<Row extends TreeRow> {
  readonly roots: readonly TreeNode<Row>[];
  readonly byId: ReadonlyMap<string, TreeNode<Row>>;
}

/** Levels of a tree; deeper rows stand on the last one. */
const deepest = 8;

interface Growing<Row extends TreeRow> extends TreeNode<Row> {
  readonly parent: Growing<Row> | undefined;
  readonly children: Growing<Row>[];
}

const attach = <Row extends TreeRow>(row: Row, parent: Growing<Row> | undefined): Growing<Row> => ({
  row,
  parent,
  children: [],
  depth: parent ? parent.depth + 1 : 0,
});

/** Builds the tree in the order of `rows`. A row whose parent is unknown, or that would be its own ancestor, stands at the top. */
export function treeOf<Row extends TreeRow>(rows: readonly Row[]): Tree<Row> {
  const rowById = new Map(rows.map((row) => [row.id, row]));
  const byId = new Map<string, Growing<Row>>();
  const roots: Growing<Row>[] = [];
  const grow = (row: Row, above: ReadonlySet<string>): Growing<Row> => {
    const grown = byId.get(row.id);
    if (grown) return grown;
    const parentRow = row.parent === undefined || above.has(row.parent) || above.size >= deepest ? undefined : rowById.get(row.parent);
    const parent = parentRow && grow(parentRow, new Set([...above, row.id]));
    // A cycle was cut above: the row may be in place by now.
    const again = byId.get(row.id);
    if (again) return again;
    const node = attach(row, parent && parent.depth >= deepest - 1 ? parent.parent : parent);
    byId.set(row.id, node);
    (node.parent?.children ?? roots).push(node);
    return node;
  };
  for (const row of rowById.values()) grow(row, new Set([row.id]));
  return { roots, byId };
}
