import { stringify } from 'yaml';
import type { PlanEdit, TextRange } from './problem.ts';

/** A YAML scalar in the quotes that the one at `range` has, or needs: JSON files stay JSON. */
export function replaceScalar(text: string, range: TextRange, value: string): PlanEdit {
  return { ...range, text: scalarText(value, text[range.start]) };
}

export function scalarText(value: string, quote?: string): string {
  if (quote === '"') return JSON.stringify(value);
  if (quote === "'") return `'${value.replaceAll("'", "''")}'`;
  return stringify(value, { lineWidth: 0 }).trimEnd();
}

/**
 * Removes the lines that a range is alone on; `undefined` where something else stands on them. Looks at the blanks around
 * the range only: a hostile file may be one line.
 */
export function removeLines(text: string, { start, end }: TextRange): PlanEdit | undefined {
  let from = start;
  while (from > 0 && /[ \t]/.test(text[from - 1] ?? '')) from--;
  // The mark of a line of a list goes with it.
  if (text[from - 1] === '-') from--;
  while (from > 0 && /[ \t]/.test(text[from - 1] ?? '')) from--;
  const to = lineEnd(text, end);
  const isAlone = (from === 0 || text[from - 1] === '\n') && to !== undefined;
  return isAlone ? { start: from, end: to, text: '' } : undefined;
}

/** Behind the line break after `at`, where nothing but blanks and a comment stands before it. */
function lineEnd(text: string, at: number): number | undefined {
  if (at > 0 && text[at - 1] === '\n') return at;
  let end = at;
  while (/[ \t\r]/.test(text[end] ?? '')) end++;
  if (end === text.length || text[end] === '\n') return Math.min(end + 1, text.length);
  if (text[end] !== '#') return undefined;
  const newline = text.indexOf('\n', end);
  return newline < 0 ? text.length : newline + 1;
}

/** The text after the edits, which do not overlap. */
export function applyEdits(text: string, edits: readonly PlanEdit[]): string {
  const fromTheEnd = edits.toSorted((a, b) => b.start - a.start);
  return fromTheEnd.reduce((changed, edit) => changed.slice(0, edit.start) + edit.text + changed.slice(edit.end), text);
}
