import type { Diagnosed } from '../shared/diagnosis-report.ts';
import { sizeText } from '../shared/size-text.ts';
import { compareVersions } from '../shared/version.ts';
import type { ErrorAction } from './error-row.ts';
import { errorTable } from './error-words.ts';
import { checks } from './checks/check-list.ts';
import { knowledge, knowledgeRow, type HostSystem, type KnowledgeRow, type Remedy, type Seen } from './knowledge/knowledge.ts';
import type { Translate, WordValue } from './words.ts';

/** For whom the words are: their language, their computer, their device. */
export interface WordsContext {
  readonly translate: Translate;
  /** BCP 47; English when absent. */
  readonly locale?: string | undefined;
  readonly platform?: NodeJS.Platform | undefined;
  /** Without it, the ways through the settings of a current iOS are told. */
  readonly iosVersion?: string | undefined;
}

export interface StepWords {
  readonly text: string;
  /** What the step destroys; empty for nothing. */
  readonly destroys: string;
  readonly action: ErrorAction | undefined;
}

export interface DiagnosedWords {
  readonly topic: string;
  /** At most four words. */
  readonly short: string;
  readonly symptom: string;
  /** What was seen. */
  readonly sentence: string;
  /** Why it happens; empty where the sentence says it. */
  readonly cause: string;
  readonly risk: string;
  /** The safest first. */
  readonly steps: readonly StepWords[];
  /** The best step that software can do. */
  readonly action: ErrorAction | undefined;
  /** All of them that destroy nothing, the best first: not each can be done everywhere. */
  readonly actions: readonly ErrorAction[];
  readonly sources: readonly string[];
}

/** Longest fact in a sentence, in characters. */
const factLimit = 120;

/** Before the lines of a checklist. */
const marks: Readonly<Record<Seen, string>> = { yes: '✓', no: '✗', unknown: '?' };

/** The words for a finding. Texts among the facts are not cleaned here: whoever shows them does that. */
export function diagnosedWords(found: Diagnosed, context: WordsContext): DiagnosedWords {
  const row = knowledgeRow(found.row) ?? unknownRow(found);
  const values = factValues(found.facts, row, context.locale ?? 'en');
  const say = (text: string): string => (text === '' ? '' : context.translate(text, values));
  const steps = stepsFor(row, context, found.facts).map(({ step, destroys = '', action, when }): StepWords => ({
    text: when ? `${marks[when.is]} ${say(step)}` : say(step),
    destroys: say(destroys),
    action,
  }));
  const actions = steps.flatMap(({ action, destroys }) => (action !== undefined && destroys === '' ? [action] : []));
  return {
    topic: say(row.topic),
    short: say(row.short === '' ? row.topic : row.short),
    symptom: say(row.symptom),
    sentence: say(sentenceFor(row, found)),
    cause: say(row.cause),
    risk: say(row.risk),
    steps,
    action: actions[0],
    actions,
    sources: row.sources,
  };
}

/** The steps of a row for this computer, this iOS and what was seen, the safest first. */
export function stepsFor(row: KnowledgeRow, { platform, iosVersion }: Omit<WordsContext, 'translate'>, facts: Diagnosed['facts'] = {}): readonly Remedy[] {
  return stepsForAnyIos(row, { platform }, facts).filter(({ ios }) => ios === undefined || fits(ios, iosVersion));
}

/** The same for every iOS. */
export function stepsForAnyIos({ remedies }: KnowledgeRow, { platform = process.platform }: Pick<WordsContext, 'platform'>, facts: Diagnosed['facts'] = {}): readonly Remedy[] {
  const system: HostSystem = platform === 'linux' || platform === 'darwin' || platform === 'win32' ? platform : 'other';
  const fitting = remedies.filter(({ on, when }) => (on === undefined || on.includes(system)) && isSo(when, facts));
  return fitting.toSorted((a, b) => Number(a.destroys !== undefined) - Number(b.destroys !== undefined));
}

/** A fact of a report that is none of the three counts as one that could not be seen. */
function isSo(when: Remedy['when'], facts: Diagnosed['facts']): boolean {
  if (!when) return true;
  const fact = facts[when.fact];
  return (fact === 'yes' || fact === 'no' ? fact : 'unknown') === when.is;
}

function fits({ from, below }: NonNullable<Remedy['ios']>, version: string | undefined): boolean {
  if (version === undefined) return below === undefined;
  return (from === undefined || compareVersions(version, from) >= 0) && (below === undefined || compareVersions(version, below) < 0);
}

/** The sentence whose facts are all known: of the row, plainly, or of the error that was met. */
function sentenceFor(row: KnowledgeRow, { facts }: Diagnosed): string {
  const names = row.sentence.match(/(?<=\{)\w+(?=\})/g) ?? [];
  if (names.every((name) => Object.hasOwn(facts, name))) return row.sentence;
  const { code } = facts;
  const error = typeof code === 'string' && Object.hasOwn(errorTable, code) ? errorTable[code] : undefined;
  return row.plainly ?? error?.sentence ?? row.symptom;
}

function factValues(facts: Diagnosed['facts'], { sizes = [] }: KnowledgeRow, locale: string): Record<string, WordValue> {
  const values = Object.entries(facts).map(([name, value]): [string, WordValue] => {
    if (typeof value === 'number') return [name, sizes.includes(name) ? sizeText(value, locale) : new Intl.NumberFormat(locale).format(value)];
    return [name, typeof value === 'string' ? value.slice(0, factLimit) : value];
  });
  return Object.fromEntries(values);
}

/** A report of a newer version may name rows that this one does not know. */
function unknownRow({ row, severity }: Diagnosed): KnowledgeRow {
  const none = { topic: '', short: '', cause: '', risk: '', remedies: [], signs: [], evidence: {}, sources: [] };
  return { ...none, id: row, severity, symptom: row, sentence: row };
}

/** Every English sentence of the knowledge and of the checks, for the check that each has a translation. */
export function knowledgeSentences(): string[] {
  const of = ({ topic, short, symptom, sentence, plainly = '', cause, risk, remedies }: KnowledgeRow): string[] => [
    topic, short, symptom, sentence, plainly, cause, risk, ...remedies.flatMap(({ step, destroys = '' }) => [step, destroys]),
  ];
  const asked = knowledge.flatMap(({ evidence }) => evidence.ask ?? []);
  const texts = [...knowledge.flatMap(of), ...asked, ...checks.flatMap(({ title, good }) => [title, good])];
  return [...new Set(texts)].filter((text) => text !== '' && !Object.hasOwn(errorTable, text));
}
