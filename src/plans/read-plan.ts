import { DataError } from '../shared/errors.ts';
import { anyDevice } from './keys.ts';
import type { PlanOutline } from './located.ts';
import { parsePlan } from './parse-plan.ts';
import { planVersion, type Plan } from './plan.ts';
import { problemText } from './problem-words.ts';
import { isError } from './problem.ts';
import { english } from '../shared/words.ts';

/** Reads a plan to act by it. Throws `DataError('data.plan')` with the first error; its subject is `LINE:COLUMN: sentence`. */
export function readPlan(text: string): Plan {
  const { outline, problems } = parsePlan(text);
  const first = problems.filter(isError).toSorted((a, b) => a.range.start - b.range.start)[0];
  if (!first) return planOf(outline);
  const { line, column } = lineOf(text, first.range.start);
  throw new DataError('data.plan', 'The plan has an error', { subject: `${line}:${column}: ${problemText(first, english)}` });
}

/** Line and column of an offset, both from 1. */
export function lineOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

/** The plan that an outline without errors says. */
export function planOf(outline: PlanOutline): Plan {
  const termsOf = (list: 'include' | 'exclude') => outline.terms.flatMap((each) => (each.list === list && each.term ? each.term : []));
  const { keepLast, keepDays, every, connection, charging, battery } = outline;
  const isScheduled = every ?? connection ?? charging ?? battery;
  return {
    version: planVersion,
    device: deviceOf(outline),
    selection: { include: termsOf('include'), exclude: termsOf('exclude') },
    encrypted: outline.encrypted?.value,
    library: outline.library?.value,
    retention: keepLast || keepDays ? { keepLast: keepLast?.value, keepDays: keepDays?.value } : undefined,
    schedule: isScheduled && { every: every?.value, connection: connection?.value, charging: charging?.value, battery: battery?.value },
    notes: outline.notes?.value,
  };
}

/** A UDID or name, with the alias resolved; `undefined` for any. */
export function deviceOf({ device, aliases }: PlanOutline): string | undefined {
  if (!device || device.value === anyDevice) return undefined;
  return aliases.find(({ name }) => name === device.value)?.target?.value ?? device.value;
}
