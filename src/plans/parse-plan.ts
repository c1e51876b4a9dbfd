import { isMap, isScalar, parseDocument, type Document, type Node, type Pair } from 'yaml';
import { closestCategory, parseTerm } from '../selection/index.ts';
import { DataError } from '../shared/errors.ts';
import type { SelectionTerm } from '../shared/selection.ts';
import { guardText } from './guard.ts';
import { anyDevice, planKeys } from './keys.ts';
import type { Located, LocatedAlias, LocatedTerm, PlanOutline } from './located.ts';
import { planLimits, planVersion } from './plan.ts';
import { problem, type PlanEdit, type PlanFix, type PlanProblem } from './problem.ts';
import { rangeOf, ValueReader, type Entry } from './value-reader.ts';

/** A plan as it was written: what stands where, and what is wrong with it by itself. */
export interface PlanDocument {
  readonly text: string;
  readonly outline: PlanOutline;
  readonly problems: readonly PlanProblem[];
}

type Draft = { -readonly [K in keyof PlanOutline]: PlanOutline[K] };

const emptyOutline = (): Draft => ({
  keys: [], version: undefined, device: undefined, aliases: [], terms: [], encrypted: undefined, library: undefined, keepLast: undefined,
  keepDays: undefined, every: undefined, connection: undefined, charging: undefined, battery: undefined, notes: undefined,
});

/** Reads YAML or JSON; never throws, whatever the text is, and needs time in proportion to it. */
export function parsePlan(text: string): PlanDocument {
  const refused = guardText(text);
  if (refused) return { text, outline: emptyOutline(), problems: [refused] };
  const document = readYaml(text);
  if (!document) {
    const tooDeep = problem('too-deep', 'error', { start: 0, end: 1 }, { values: { limit: planLimits.depth } });
    return { text, outline: emptyOutline(), problems: [tooDeep] };
  }
  const syntax = syntaxProblems(document, text);
  const reader = new ValueReader(text);
  const outline = document.contents === null ? emptyOutline() : readOutline(reader, document.contents);
  // A broken file is read as far as it goes, for completion; its other problems may come from the breakage.
  return { text, outline, problems: syntax.length > 0 ? syntax : judge(reader, outline, document.contents) };
}

function readYaml(text: string): Document.Parsed | undefined {
  try {
    return parseDocument(text, { version: '1.2', schema: 'core', merge: false, uniqueKeys: false, prettyErrors: false, logLevel: 'error' });
  } catch (error) {
    // The composer calls itself for each level.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const shownErrors = 20;

function syntaxProblems({ errors }: Document.Parsed, text: string): PlanProblem[] {
  return errors.slice(0, shownErrors).map(({ code, message, pos: [start, end] }) => {
    const range = { start: Math.min(start, text.length), end: Math.min(Math.max(end, start + 1), text.length) };
    if (code === 'MULTIPLE_DOCS') return problem('several-documents', 'error', range);
    return problem('syntax', 'error', range, { values: { what: message.slice(0, 200) } });
  });
}

/** A newer version may have keys and values that are none here. */
function judge(reader: ValueReader, { version }: PlanOutline, contents: unknown): readonly PlanProblem[] {
  const { text, problems } = reader;
  const start = { start: 0, end: Math.min(1, text.length) };
  if (contents === null || text.trim() === '') return [problem('empty', 'error', start, { fixes: [insertVersion(text)] })];
  if (version && version.value > planVersion) {
    return [problem('newer-version', 'error', version.range, { values: { version: version.value, known: planVersion } })];
  }
  const isMissing = isMap(contents) && !reader.keys.some(({ path }) => path === 'version');
  return isMissing ? [problem('missing-version', 'error', start, { fixes: [insertVersion(text)] }), ...problems] : problems;
}

function insertVersion(text: string): PlanFix {
  return { code: 'set-version', values: { version: planVersion }, edits: [versionEdit(text)] };
}

function versionEdit(text: string): PlanEdit {
  const brace = text.search(/\S/);
  if (text[brace] !== '{') return { start: 0, end: 0, text: `version: ${planVersion}\n` };
  const isOnly = /^\s*\}/.test(text.slice(brace + 1));
  return { start: brace + 1, end: brace + 1, text: `"version": ${planVersion}${isOnly ? '' : ', '}` };
}

function readOutline(reader: ValueReader, contents: Node): Draft {
  const outline = emptyOutline();
  for (const entry of reader.entries(contents, '', planKeys)) readEntry(reader, outline, entry);
  outline.keys = reader.keys;
  return outline;
}

function readEntry(reader: ValueReader, outline: Draft, entry: Entry): void {
  switch (entry.name) {
    case 'version':
      outline.version = reader.number(entry);
      break;
    case 'device':
      outline.device = reader.textValue(entry);
      break;
    case 'devices':
      outline.aliases = readAliases(reader, entry);
      break;
    case 'include':
    case 'exclude':
      outline.terms = [...outline.terms, ...readTerms(reader, entry, entry.name)];
      break;
    case 'encrypted':
      outline.encrypted = reader.flag(entry);
      break;
    case 'library':
      outline.library = readFolder(reader, entry);
      break;
    case 'notes':
      outline.notes = reader.textValue(entry, planLimits.length);
      break;
    default:
      for (const inner of reader.entries(entry.value, entry.name, entry.info.keys ?? [])) readInner(reader, outline, inner);
  }
}

function readInner(reader: ValueReader, outline: Draft, entry: Entry): void {
  switch (entry.name) {
    case 'keep-last':
      outline.keepLast = reader.number(entry);
      break;
    case 'keep-days':
      outline.keepDays = reader.number(entry);
      break;
    case 'every':
      outline.every = reader.duration(entry);
      break;
    case 'connection':
      outline.connection = reader.choice(entry, ['usb', 'wifi']);
      break;
    case 'charging':
      outline.charging = reader.flag(entry);
      break;
    case 'battery':
      outline.battery = reader.number(entry);
      break;
  }
}

/** Absolute on some system, or in the person's own folder: a relative one would depend on where a program was started. */
const folderPattern = /^(?:\/|~[\\/]|~$|[A-Za-z]:[\\/]|\\\\[^\\])/;
// oxlint-disable-next-line no-control-regex
const control = /[\u0000-\u001f\u007f]/;

function readFolder(reader: ValueReader, entry: Entry): Located<string> | undefined {
  const folder = reader.textValue(entry);
  if (!folder || (folderPattern.test(folder.value) && !control.test(folder.value))) return folder;
  return reader.report('path', 'error', folder.range, { values: { path: folder.value.slice(0, 80) } });
}

function readAliases(reader: ValueReader, { value, name }: Entry): LocatedAlias[] {
  if (!isMap(value)) return reader.wrongType(value, name, 'map') ?? [];
  const seen = new Set<string>([anyDevice]);
  return value.items.slice(0, planLimits.terms).flatMap((item) => {
    const pair = item as Pair<Node, Node | null>;
    const alias = reader.keyName(pair, seen);
    const range = rangeOf(pair.key);
    if (alias === undefined || !range) return [];
    return [{ name: alias, range, target: reader.textValue({ name: alias, value: pair.value ?? undefined }) }];
  });
}

function readTerms(reader: ValueReader, { value, key }: Entry, list: 'include' | 'exclude'): LocatedTerm[] {
  const items = reader.items(value, list);
  if (!items) return [];
  if (items.length === 0 && list === 'include') reader.report('empty-list', 'error', key);
  if (items.length > planLimits.terms) reader.report('too-many-terms', 'error', key, { values: { limit: planLimits.terms } });
  return items.slice(0, planLimits.terms).flatMap((item) => readTerm(reader, item, list) ?? []);
}

function readTerm(reader: ValueReader, item: Node | undefined, list: LocatedTerm['list']): LocatedTerm | undefined {
  const joined = isMap(item) ? splitTerm(reader, item) : [];
  const range = rangeOf(item);
  if (!isScalar(item) || typeof item.value !== 'string' || !range) return reader.wrongType(item, list, 'term', joined);
  const text = item.value;
  try {
    return { list, text, range, term: parseTerm(text) };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return { list, text, range, term: badTerm(reader, { text, range }, error) };
  }
}

const kinds: ReadonlySet<string> = new Set(['app', 'domain', 'path', 'category']);

/** `app: com.example`, where `app:com.example` was meant. */
function splitTerm(reader: ValueReader, item: { readonly items: readonly unknown[] }): PlanFix[] {
  const [pair, second] = item.items as Pair<Node, Node | null>[];
  if (!pair || second || !isScalar(pair.key) || !isScalar(pair.value) || !kinds.has(String(pair.key.value))) return [];
  const [start, end] = [rangeOf(item)?.start, rangeOf(pair.value)?.end];
  if (start === undefined || end === undefined || reader.text[start] === '{') return [];
  const edit = { start, end, text: `${String(pair.key.value)}:${String(pair.value.value)}` };
  return [{ code: 'replace', values: { text: edit.text.slice(0, 40) }, edits: [edit] }];
}

function badTerm(reader: ValueReader, { text, range }: Pick<LocatedTerm, 'text' | 'range'>, error: DataError): SelectionTerm | undefined {
  const isWord = /^[\w-]+$/.test(text.trim());
  if (!isWord) return reader.report('term', 'error', range, { values: { what: error.message } });
  const near = closestCategory(text);
  const fixes = near === undefined ? [] : [reader.replaceFix(range, near)];
  return reader.report('unknown-category', 'error', range, { values: { name: text.slice(0, 80), near: near ?? '' }, fixes });
}

