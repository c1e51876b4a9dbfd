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

/** Removes the lines that a range is alone on; `undefined` where something else stands on them. */
export function removeLines(text: string, { start, end }: TextRange): PlanEdit | undefined {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const newline = text.indexOf('\n', Math.max(start, end - 1));
  const to = newline < 0 ? text.length : newline + 1;
  const isAlone = /^[ \t]*(?:-[ \t]+)?$/.test(text.slice(from, start)) && /^\s*(?:#[^\n]*)?\s*$/.test(text.slice(end, to));
  return isAlone ? { start: from, end: to, text: '' } : undefined;
}

/** The text after the edits, which do not overlap. */
export function applyEdits(text: string, edits: readonly PlanEdit[]): string {
  return edits.toSorted((a, b) => b.start - a.start).reduce((changed, edit) => changed.slice(0, edit.start) + edit.text + changed.slice(edit.end), text);
}
