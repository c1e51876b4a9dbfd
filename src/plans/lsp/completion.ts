import type { CompletionItem, Position, Range } from 'vscode-languageserver';
import { keyInfo } from '../keys.ts';
import { planLimits } from '../plan.ts';
import { rangeIn } from './convert.ts';
import { cursorPlace } from './cursor.ts';
import { jsonPlace, type JsonPlace } from './json-cursor.ts';
import type { PlanView } from './plan-view.ts';
import { proposals, type Proposal } from './proposals.ts';

/** Enough for a phone; the client asks anew for nothing. */
const maxItems = 5_000;

export function completionAt(view: PlanView, position: Position): CompletionItem[] {
  // What is too large to be a plan is not looked through at each key.
  if (view.plan.text.length > planLimits.length) return [];
  return view.document.languageId === 'json' ? inJson(view, position) : inYaml(view, position);
}

function inYaml(view: PlanView, position: Position): CompletionItem[] {
  const offset = view.document.offsetAt(position);
  const place = cursorPlace(view.document.getText(), offset);
  if (!place) return [];
  return edited(proposals(view, place), rangeIn(view.document, { start: place.start, end: offset }), ({ yaml }) => yaml);
}

/** What the schema says the editor completes from it: keys, `true` and `false`, words to choose from. */
function inJson(view: PlanView, position: Position): CompletionItem[] {
  const place = jsonPlace(view.document.getText(), view.document.offsetAt(position));
  if (!place || place.kind === 'key' || isOfSchema(place.path)) return [];
  return edited(proposals(view, place), rangeIn(view.document, place), ({ plain }) => jsonText(plain, place));
}

/** The text of a proposal as YAML, and without its quotes and comments. */
interface Texts {
  readonly yaml: string;
  readonly plain: string;
}

function edited(items: readonly Proposal[], range: Range, textOf: (texts: Texts) => string): CompletionItem[] {
  return items.slice(0, maxItems).map(({ plain, ...item }) => {
    const yaml = item.insertText ?? item.label;
    return { ...item, textEdit: { range, newText: textOf({ yaml, plain: plain ?? yaml }) } };
  });
}

const isOfSchema = (path: string): boolean => ['number', 'flag', 'choice'].includes(keyInfo(path)?.kind ?? '');

/** A string with the quotes that are not there yet. */
function jsonText(text: string, { isOpen, isClosed }: JsonPlace): string {
  const quoted = JSON.stringify(text);
  return quoted.slice(isOpen ? 1 : 0, isClosed ? -1 : undefined);
}
