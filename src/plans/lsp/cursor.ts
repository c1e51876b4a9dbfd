/** Where the cursor is in a file that is being written, and so may be broken. Block style only. */
export type CursorPlace =
  /** A key of the map at `path` (`''` is the root); `typed` is what stands before the cursor. */
  | { readonly kind: 'key'; readonly path: string; readonly typed: string; readonly start: number }
  /** The value behind `path`, e.g. `schedule.every`. */
  | { readonly kind: 'value'; readonly path: string; readonly typed: string; readonly start: number }
  /** A line of `include` or `exclude`. */
  | { readonly kind: 'item'; readonly path: string; readonly typed: string; readonly start: number };

const item = /^(\s*)-(?:[ \t]+(["']?)(.*))?$/;
const keyAndValue = /^\s*(["']?)([\w-]+)\1:[ \t]+(["']?)(.*)$/;
const keyOnly = /^\s*((?:\w[\w-]*)?)$/;

/** What may be completed at `offset`; `undefined` in comments and where nothing fits. */
export function cursorPlace(text: string, offset: number): CursorPlace | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const line = text.slice(lineStart, offset);
  if (/(?:^|\s)#/.test(line)) return undefined;
  const before = text.slice(0, lineStart).split('\n');
  before.pop();
  return itemPlace(line, before, offset) ?? valuePlace(line, before, offset) ?? keyPlace(line, before, offset);
}

function itemPlace(line: string, before: readonly string[], offset: number): CursorPlace | undefined {
  const [, blanks, quote, typed = ''] = item.exec(line) ?? [];
  if (blanks === undefined || line.endsWith('-')) return undefined;
  const path = parentKey(before, blanks.length + 1);
  if (path !== 'include' && path !== 'exclude') return undefined;
  return { kind: 'item', path, typed: quote === undefined ? '' : typed, start: offset - typed.length };
}

function valuePlace(line: string, before: readonly string[], offset: number): CursorPlace | undefined {
  const [, , key, , typed = ''] = keyAndValue.exec(line) ?? [];
  if (key === undefined) return undefined;
  const parent = parentKey(before, indentOf(line));
  const path = parent === '' ? key : `${parent}.${key}`;
  const inList = path === 'include' || path === 'exclude' ? /^\[(?:.*,)?\s*["']?([^,\]]*)$/.exec(typed)?.[1] : undefined;
  if (inList !== undefined) return { kind: 'item', path, typed: inList, start: offset - inList.length };
  return { kind: 'value', path, typed, start: offset - typed.length };
}

function keyPlace(line: string, before: readonly string[], offset: number): CursorPlace | undefined {
  const typed = keyOnly.exec(line)?.[1];
  if (typed === undefined) return undefined;
  return { kind: 'key', path: parentKey(before, indentOf(line)), typed, start: offset - typed.length };
}

const indentOf = (line: string): number => line.search(/\S|$/);

/** The nearest key above that stands further left than `indent`; `''` at the root. */
function parentKey(before: readonly string[], indent: number): string {
  for (const line of before.toReversed()) {
    const [, blanks, key] = /^(\s*)["']?([\w-]+)["']?:/.exec(line) ?? [];
    if (blanks !== undefined && key !== undefined && blanks.length < indent) return key;
    if (indent === 0) return '';
  }
  return '';
}
