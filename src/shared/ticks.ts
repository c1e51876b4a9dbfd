import type { Tree, TreeNode, TreeRow } from './row-tree.ts';
import type { Selection, SelectionTerm } from './selection.ts';

/** A row with a box before it, where it can be chosen by itself. */
export interface TickRow extends TreeRow {
  readonly canChoose: boolean;
}

/** What is ticked, as it is kept: `all` holds for every row below which nothing else was said. */
export interface TickState {
  readonly all: boolean;
  readonly rows: readonly (readonly [id: string, isTicked: boolean])[];
}

/** `none`: the row has no box. */
export type Tick = 'yes' | 'no' | 'mixed' | 'none';

export const everything: TickState = { all: true, rows: [] };

/** The boxes of a tree of rows. A row that appears later is ticked as what stands above it. */
export class Ticks {
  readonly #tree: Tree<TickRow>;
  readonly #all: boolean;
  readonly #said: ReadonlyMap<string, boolean>;
  readonly #known = new Map<string, Tick>();

  constructor(tree: Tree<TickRow>, { all, rows }: TickState) {
    this.#tree = tree;
    this.#all = all;
    this.#said = new Map(rows);
  }

  get state(): TickState {
    return { all: this.#all, rows: [...this.#said] };
  }

  /** Of the row, or of everything. */
  tick(id?: string): Tick {
    if (id === undefined) return together(this.#tree.roots.map((node) => this.#tickOf(node)));
    const node = this.#tree.byId.get(id);
    return node ? this.#tickOf(node) : 'none';
  }

  /** A ticked row becomes unticked, any other ticked, and all below it the same. */
  toggled(id?: string): TickState {
    const wanted = this.tick(id) !== 'yes';
    const node = id === undefined ? undefined : this.#tree.byId.get(id);
    if (!node) return { all: wanted, rows: [] };
    const said = new Map([...this.#said].filter(([other]) => !this.#isBelow(other, node)));
    said.delete(node.row.id);
    if (this.#wanted(node.parent) !== wanted) said.set(node.row.id, wanted);
    return { all: this.#all, rows: [...said] };
  }

  #tickOf(node: TreeNode<TickRow>): Tick {
    const known = this.#known.get(node.row.id);
    if (known) return known;
    const below = together(node.children.map((child) => this.#tickOf(child)));
    const own: Tick = this.#wanted(node) ? 'yes' : 'no';
    const tick = below === 'none' ? (node.row.canChoose ? own : 'none') : below;
    this.#known.set(node.row.id, tick);
    return tick;
  }

  #wanted(node: TreeNode<TickRow> | undefined): boolean {
    for (let at = node; at; at = at.parent) {
      const said = this.#said.get(at.row.id);
      if (said !== undefined) return said;
    }
    return this.#all;
  }

  #isBelow(id: string, node: TreeNode<TickRow>): boolean {
    for (let at = this.#tree.byId.get(id); at; at = at.parent) if (at === node) return true;
    return false;
  }
}

function together(ticks: readonly Tick[]): Tick {
  const boxes = ticks.filter((tick) => tick !== 'none');
  const [first] = boxes;
  if (first === undefined) return 'none';
  return boxes.every((tick) => tick === first) ? first : 'mixed';
}

/** What the ticks mean: `all` and `nothing` are no custom backup. */
export type Choice = { readonly kind: 'all' } | { readonly kind: 'nothing' } | { readonly kind: 'some'; readonly selection: Selection };

/** The terms of the topmost rows that are ticked, or that are not. */
export function termsOf(
  wanted: 'yes' | 'no',
  nodes: readonly TreeNode<TickRow>[],
  ticks: Ticks,
  term: (id: string) => SelectionTerm | undefined,
): SelectionTerm[] {
  return nodes.flatMap((node) => {
    const tick = ticks.tick(node.row.id);
    const own = tick === wanted ? term(node.row.id) : undefined;
    return own ? [own] : tick === wanted || tick === 'mixed' ? termsOf(wanted, node.children, ticks, term) : [];
  });
}

/**
 * The selection behind the ticks: by what was left out where all was ticked at first, else by what was taken. Data without a box,
 * and data that no row knows, goes with what was said of all.
 */
export function choiceOf(tree: Tree<TickRow>, ticks: Ticks, term: (id: string) => SelectionTerm | undefined): Choice {
  const include = termsOf('yes', tree.roots, ticks, term);
  const exclude = termsOf('no', tree.roots, ticks, term);
  if (exclude.length === 0) return { kind: 'all' };
  const { all } = ticks.state;
  const isRestWanted = all && tree.roots.some(({ row }) => ticks.tick(row.id) === 'none');
  if (include.length === 0 && !isRestWanted) return { kind: 'nothing' };
  return { kind: 'some', selection: all ? { include: [], exclude } : { include, exclude: [] } };
}
