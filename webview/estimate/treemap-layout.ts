import { hierarchy, treemap, treemapSquarify } from 'd3-hierarchy';
import type { HierarchyRectangularNode } from 'd3-hierarchy';
import type { Node } from './rows.ts';

/** A rectangle of the picture, in CSS pixels of the picture. */
export interface Cell {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The row; for what is too small to be drawn by itself the row above it. */
  readonly node: Node | undefined;
  /** How many small rows the cell stands for; 0 when it is the row itself. */
  readonly rest: number;
  /** Bytes. */
  readonly size: number;
  /** Cells of the next level are drawn inside it, below its heading. */
  readonly isGroup: boolean;
  /** 1 or 2. */
  readonly level: number;
}

/** Cells of one row that are drawn by themselves, on the first level and inside a group. */
const shownChildren = [60, 60] as const;

const headingHeight = 22;
/** A group needs this much room to show what is in it. */
const groupRoom = { width: 90, height: 70 };

interface Datum {
  readonly node: Node | undefined;
  readonly rest: number;
  readonly size: number;
  readonly children: readonly Datum[];
}

/** Two levels of `nodes` as rectangles, larger ones first; a group comes before the cells in it. */
export function treemapCells(nodes: readonly Node[], parent: Node | undefined, width: number, height: number): Cell[] {
  if (width < 1 || height < 1) return [];
  const outer = layOut({ node: parent, rest: 0, size: 0, children: data(nodes, parent, shownChildren[0]) }, width, height, 3);
  return outer.flatMap((rectangle) => {
    const isGroup = rectangle.data.rest === 0 && hasRoom(rectangle);
    const inner = isGroup ? groupCells(rectangle) : [];
    return [cellOf(rectangle, 1, inner.length > 0, 0, 0), ...inner];
  });
}

function groupCells(group: HierarchyRectangularNode<Datum>): Cell[] {
  const { node } = group.data;
  const children = data(node?.children ?? [], node, shownChildren[1]);
  if (children.length === 0) return [];
  const edge = 3;
  const [width, height] = [group.x1 - group.x0 - 2 * edge, group.y1 - group.y0 - headingHeight - edge];
  const inner = layOut({ ...group.data, children }, width, height, 1);
  return inner.map((rectangle) => cellOf(rectangle, 2, false, group.x0 + edge, group.y0 + headingHeight));
}

function hasRoom({ x0, x1, y0, y1, data: { node } }: HierarchyRectangularNode<Datum>): boolean {
  return (node?.children.filter(({ row }) => row.size.likely > 0).length ?? 0) > 1 && x1 - x0 >= groupRoom.width && y1 - y0 >= groupRoom.height;
}

function data(nodes: readonly Node[], parent: Node | undefined, limit: number): Datum[] {
  const sized = nodes.filter(({ row }) => row.size.likely > 0).toSorted((a, b) => b.row.size.likely - a.row.size.likely);
  const shown = sized.slice(0, limit).map((node): Datum => ({ node, rest: 0, size: node.row.size.likely, children: [] }));
  const others = sized.slice(limit);
  if (others.length === 0) return shown;
  const size = others.reduce((sum, { row }) => sum + row.size.likely, 0);
  return [...shown, { node: parent, rest: others.length, size, children: [] }];
}

function layOut(datum: Datum, width: number, height: number, padding: number): HierarchyRectangularNode<Datum>[] {
  const root = hierarchy(datum, ({ children }) => (children === datum.children ? [...children] : undefined)).sum(({ size, children }) => (children.length > 0 ? 0 : size));
  return treemap<Datum>().tile(treemapSquarify.ratio(1.4)).size([width, height]).paddingInner(padding).round(true)(root).children ?? [];
}

function cellOf(rectangle: HierarchyRectangularNode<Datum>, level: number, isGroup: boolean, left: number, top: number): Cell {
  const { x0, y0, x1, y1, data: { node, rest, size } } = rectangle;
  return { x: x0 + left, y: y0 + top, width: x1 - x0, height: y1 - y0, node, rest, size, isGroup, level };
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The cell beside `from`: the nearest whose middle lies in that direction. */
export function neighbour(cells: readonly Cell[], from: number, direction: Direction): number {
  const origin = cells[from];
  if (!origin) return 0;
  const [x, y] = middle(origin);
  let best = from;
  let shortest = Infinity;
  for (const [index, cell] of cells.entries()) {
    const [dx, dy] = [middle(cell)[0] - x, middle(cell)[1] - y];
    const ahead = { left: -dx, right: dx, up: -dy, down: dy }[direction];
    const aside = direction === 'left' || direction === 'right' ? Math.abs(dy) : Math.abs(dx);
    const distance = ahead + 2 * aside;
    if (index === from || ahead <= 0 || distance >= shortest) continue;
    best = index;
    shortest = distance;
  }
  return best;
}

/** The middle of a cell, of a group that of its heading. */
function middle({ x, y, width, height, isGroup }: Cell): readonly [number, number] {
  return [x + width / 2, y + (isGroup ? headingHeight / 2 : height / 2)];
}
