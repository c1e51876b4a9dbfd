import type { CursorPlace } from './cursor.ts';

/** Where the cursor is in a plan in JSON, which may be broken; `start` to `end` is the word or string there, without its quotes. */
export type JsonPlace = CursorPlace & {
  readonly end: number;
  /** There is a quote before the text. */
  readonly isOpen: boolean;
  /** There is a quote behind it. */
  readonly isClosed: boolean;
};

interface Level {
  readonly kind: 'object' | 'array';
  /** Of the key that it is the value of; `''` for the root. */
  readonly path: string;
  /** The key whose value comes next; `undefined` where a key does. */
  key: string | undefined;
  /** Something stands there already: a comma must come first. */
  isFull: boolean;
}

/** Strings that were not ended end with their line. */
const token = /"(?:[^"\\\n\r]|\\.)*"?|[^\s"{}[\]:,]+|[{}[\]:,]/y;
const blanks = /\s*/y;

/** What may be completed at `offset`; `undefined` where nothing fits. Linear in the text before it. */
export function jsonPlace(text: string, offset: number): JsonPlace | undefined {
  const levels: Level[] = [];
  let at = 0;
  while (at < offset) {
    at = endOf(blanks, text, at);
    const end = endOf(token, text, at);
    if (at >= offset || end === at) break;
    const isWord = !/[{}[\]:,]/.test(text.charAt(at));
    if (isWord && (end > offset || (end === offset && !isWhole(text.slice(at, end))))) return placeAt(levels, text, { start: at, end, offset });
    step(levels, text.slice(at, end));
    at = end;
  }
  return placeAt(levels, text, { start: offset, end: offset, offset });
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** Whether a string has its second quote: behind it nothing more can be typed. */
const isWhole = (word: string): boolean => /^"(?:[^"\\]|\\.)*"$/.test(word);

function step(levels: Level[], part: string): void {
  const top = levels.at(-1);
  if (part === '{' || part === '[') levels.push({ kind: part === '{' ? 'object' : 'array', path: top ? pathIn(top) : '', key: undefined, isFull: false });
  else if (part === '}' || part === ']') close(levels);
  else if (top) stepIn(top, part);
}

function stepIn(level: Level, part: string): void {
  if (part === ',') [level.key, level.isFull] = [undefined, false];
  else if (part === ':') level.isFull = false;
  else {
    if (level.kind === 'object') level.key ??= part.replaceAll('"', '');
    level.isFull = true;
  }
}

/** The path of the value that comes next. */
const pathIn = ({ path, key }: Level): string => [path, key ?? ''].filter((each) => each !== '').join('.');

function close(levels: Level[]): void {
  levels.pop();
  const top = levels.at(-1);
  if (top) top.isFull = true;
}

function placeAt(levels: readonly Level[], text: string, { start, end, offset }: { readonly start: number; readonly end: number; readonly offset: number }): JsonPlace | undefined {
  const top = levels.at(-1);
  if (!top || top.isFull) return undefined;
  const isOpen = text.charAt(start) === '"' && start < offset;
  const isClosed = isOpen && isWhole(text.slice(start, end));
  const from = isOpen ? start + 1 : start;
  const place = { start: from, end: isClosed ? end - 1 : isOpen ? offset : end, typed: text.slice(from, offset), isOpen, isClosed };
  if (top.kind === 'array') return top.path === 'include' || top.path === 'exclude' ? { kind: 'item', path: top.path, ...place } : undefined;
  if (top.key === undefined) return { kind: 'key', path: top.path, ...place };
  return { kind: 'value', path: pathIn(top), ...place };
}
