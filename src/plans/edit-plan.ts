import { isMap, isNode, isScalar, isSeq, parseDocument, Scalar, stringify, type Document, type Node, type YAMLSeq } from 'yaml';
import { parseTerm, termText } from '../selection/index.ts';
import { DataError } from '../shared/errors.ts';
import type { Selection, SelectionTerm } from '../shared/selection.ts';
import { durationText } from './duration.ts';
import { anyDevice } from './keys.ts';
import { isError, type PlanProblem } from './problem.ts';
import { parsePlan } from './parse-plan.ts';
import { planVersion, type Plan } from './plan.ts';
import { readPlan } from './read-plan.ts';

export type PlanOptions = Partial<Omit<Plan, 'version' | 'selection'>>;

/** A new plan as YAML. `heading` becomes a comment at its top. */
export function planText(selection: Selection, options: PlanOptions = {}, heading?: string): string {
  const comment = heading === undefined ? '' : heading.split('\n').map((line) => `# ${line}\n`).join('');
  return comment + stringify(planFields(selection, options), { lineWidth: 0, indentSeq: true });
}

/** The same as JSON, which has no comments. */
export const planJson = (selection: Selection, options: PlanOptions = {}): string =>
  `${JSON.stringify(planFields(selection, options), undefined, 2)}\n`;

function planFields(selection: Selection, { device, encrypted, library, retention, schedule, notes }: PlanOptions): object {
  return {
    version: planVersion,
    device: device ?? anyDevice,
    ...listed('include', selection.include),
    ...listed('exclude', selection.exclude),
    encrypted,
    library,
    retention: retention && { 'keep-last': retention.keepLast, 'keep-days': retention.keepDays },
    schedule: schedule && { ...schedule, every: schedule.every === undefined ? undefined : durationText(schedule.every) },
    notes,
  };
}

const listed = (key: 'include' | 'exclude', terms: readonly SelectionTerm[]): object =>
  terms.length === 0 ? {} : { [key]: terms.map(termText) };

/**
 * The plan with another selection. Comments, order and all other keys stay; lines that are still chosen stay where they
 * are, new ones come behind them. Throws `DataError('data.plan')` for a text that is no plan; a wrong or contradictory
 * line of `include` and `exclude` is no hindrance, as it is written anew.
 */
export function applySelection(text: string, selection: Selection): string {
  if (parsePlan(text).problems.some(isHindrance)) readPlan(text);
  const document = parseDocument(text, { version: '1.2', schema: 'core', uniqueKeys: false, logLevel: 'error' });
  if (document.errors.length > 0 || !isMap(document.contents)) throw new DataError('data.plan', 'The text is no plan');
  const isJson = document.contents.flow === true && text.trimStart().startsWith('{');
  setTerms(document, 'include', selection.include, isJson);
  setTerms(document, 'exclude', selection.exclude, isJson);
  if (isJson) return `${JSON.stringify(document.toJS(), undefined, 2)}\n`;
  return document.toString({ lineWidth: 0, indentSeq: indentsLists(text) });
}

const lineCodes = new Set<PlanProblem['code']>(['term', 'unknown-category', 'empty-list', 'too-many-terms']);

function isHindrance(found: PlanProblem): boolean {
  const isOfLists = found.code === 'type' && (found.values['key'] === 'include' || found.values['key'] === 'exclude');
  return isError(found) && !isOfLists && !lineCodes.has(found.code);
}

const indentsLists = (text: string): boolean => !/^(?:include|exclude):[^\n]*\n(?:\s*#[^\n]*\n)*- /m.test(text);

function setTerms(document: Document.Parsed, key: 'include' | 'exclude', terms: readonly SelectionTerm[], isJson: boolean): void {
  const old = document.get(key, true);
  if (terms.length === 0) {
    document.delete(key);
    return;
  }
  if (!isSeq(old)) {
    insertList(document, key, terms);
    return;
  }
  const wanted = new Map(terms.map((term) => [termText(term), term]));
  keepItems(old, (item) => {
    const text = textOf(item);
    return text !== undefined && wanted.delete(text);
  });
  const sample = old.items.find((item) => isScalar(item));
  for (const text of wanted.keys()) old.items.push(scalarLike(sample, text, isJson));
}

/** Drops items; comments that stand on lines of their own before one stay where they are. */
function keepItems(list: YAMLSeq, isKept: (item: unknown) => boolean): void {
  const kept: unknown[] = [];
  let comment: string | undefined;
  for (const item of list.items) {
    const own = (item as Node | null)?.commentBefore ?? undefined;
    comment = [comment, own].filter((part) => part !== undefined).join('\n') || undefined;
    if (!isKept(item)) continue;
    if (isNode(item)) item.commentBefore = comment ?? null;
    comment = undefined;
    kept.push(item);
  }
  if (comment !== undefined) list.comment = [comment, list.comment].filter((part) => typeof part === 'string').join('\n');
  list.items = kept;
}

/** The canonical text of a line that is a term. */
function textOf(item: unknown): string | undefined {
  if (!isScalar(item) || typeof item.value !== 'string') return undefined;
  try {
    return termText(parseTerm(item.value));
  } catch {
    return undefined;
  }
}

function scalarLike(sample: Scalar | undefined, text: string, isJson: boolean): Scalar {
  const scalar = new Scalar(text);
  const type = isJson ? 'QUOTE_DOUBLE' : sample?.type;
  if (type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE') scalar.type = type;
  return scalar;
}

/** Where a list is usually looked for: `exclude` behind `include`, both behind the devices. */
function insertList(document: Document.Parsed, key: 'include' | 'exclude', terms: readonly SelectionTerm[]): void {
  document.delete(key);
  const { contents } = document;
  if (!isMap(contents)) return;
  const list = document.createNode(terms.map(termText)) as YAMLSeq;
  const before = key === 'exclude' ? ['include', 'devices', 'device', 'version'] : ['devices', 'device', 'version'];
  const places = before.map((name) => contents.items.findIndex((pair) => isScalar(pair.key) && pair.key.value === name));
  const at = places.find((index) => index >= 0) ?? -1;
  contents.items.splice(at + 1, 0, document.createPair(key, list));
}
