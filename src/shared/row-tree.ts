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

/** Rows that may stand before all that is above them; beyond it the list is nonsense. */
const longestWait = 100;

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
  const put = (row: Row, parent: Growing<Row> | undefined): Growing<Row> => {
    const node = attach(row, parent && parent.depth >= deepest - 1 ? parent.parent : parent);
    byId.set(row.id, node);
    (node.parent?.children ?? roots).push(node);
    return node;
  };
  for (const row of rowById.values()) {
    // Usually the parent is there already; else those above come first, up to one that is there, the top, or a cycle.
    const missing: Row[] = [];
    for (let at: Row | undefined = row; at && !byId.has(at.id) && !missing.includes(at) && missing.length < longestWait; ) {
      missing.push(at);
      at = at.parent === undefined ? undefined : rowById.get(at.parent);
    }
    for (const next of missing.reverse()) put(next, next.parent === undefined ? undefined : byId.get(next.parent));
  }
  return { roots, byId };
}
