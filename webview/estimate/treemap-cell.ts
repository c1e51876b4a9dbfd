import type { Tick } from '../../src/shared/ticks.ts';
import { element, setAttributes, setText } from '../support/dom.ts';
import { setTickBox, tickBox, ariaChecked } from '../support/tick-box.ts';
import { hueOf, otherHue } from './hues.ts';
import { sizeWords } from './row-words.ts';
import type { Node } from './rows.ts';
import type { PageContext } from './store.ts';
import type { Cell } from './treemap-layout.ts';

/** Room in CSS pixels that a name, a second line and a box need. */
const room = { name: [38, 18], size: [70, 36], tick: [64, 20], heading: 150 } as const;

interface Parts {
  readonly tick: HTMLElement;
  readonly name: HTMLElement;
  readonly size: HTMLElement;
}

const parts = new WeakMap<HTMLElement, Parts>();

/** Makes `target` the picture of a cell. */
export function drawCell(target: HTMLElement, cell: Cell, context: PageContext, isActive: boolean): void {
  const label = labelOf(cell, context);
  const figure = figureOf(cell, context);
  const box = boxOf(cell, context);
  place(target, cell);
  target.className = classesOf(cell, box, isActive).join(' ');
  drawParts(partsOf(target), cell, { label, figure, box });
  setAttributes(target, {
    title: `${label} · ${figure}`,
    'aria-label': `${label}, ${figure}`,
    'aria-level': cell.level,
    'aria-checked': box === 'none' ? undefined : ariaChecked(box),
    'aria-selected': isActive,
  });
}

const labelOf = ({ node, rest }: Cell, { words }: PageContext): string =>
  rest > 0 ? words.t('and {count} more', { count: words.count(rest) }) : (node?.row.name ?? '');

const figureOf = ({ node, rest, size }: Cell, { words }: PageContext): string => (node && rest === 0 ? sizeWords(node.row.size, words) : words.size(size));

const boxOf = ({ node, rest }: Cell, { store }: PageContext): Tick => (node && rest === 0 ? store.ticks.tick(node.row.id) : 'none');

function classesOf(cell: Cell, box: Tick, isActive: boolean): string[] {
  const { node, rest, isGroup } = cell;
  const hue = node ? hueOf(top(node).row.id) : otherHue;
  const states = { 'left-out': box === 'no', active: isActive, rest: rest > 0, tiny: !fits(cell, room.name) };
  return ['cell', isGroup ? 'group' : 'leaf', `hue-${hue}`, ...Object.entries(states).flatMap(([name, holds]) => (holds ? [name] : []))];
}

function drawParts({ tick, name, size }: Parts, cell: Cell, { label, figure, box }: { label: string; figure: string; box: Tick }): void {
  setText(name, label);
  setText(size, figure);
  name.hidden = !fits(cell, room.name);
  size.hidden = cell.isGroup ? cell.width < room.heading : !fits(cell, room.size);
  tick.hidden = box === 'none' || !fits(cell, room.tick);
  if (box !== 'none') setTickBox(tick, box, label);
  // The cell itself says whether it is ticked.
  setAttributes(tick, { 'aria-hidden': 'true' });
}

function place({ style }: HTMLElement, { x, y, width, height }: Cell): void {
  style.transform = `translate(${x}px, ${y}px)`;
  style.width = `${width}px`;
  style.height = `${height}px`;
}

const fits = ({ width, height }: Cell, [wanted, tall]: readonly [number, number]): boolean => width >= wanted && height >= tall;

function partsOf(target: HTMLElement): Parts {
  const there = parts.get(target);
  if (there) return there;
  const made = { tick: tickBox(), name: element('span', { class: 'text' }), size: element('span', { class: 'size number' }) };
  target.append(element('span', { class: 'label' }, made.tick, made.name), made.size);
  parts.set(target, made);
  return made;
}

function top(node: Node): Node {
  return node.parent ? top(node.parent) : node;
}
