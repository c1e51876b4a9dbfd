import type { ErrorFacts } from '../shared/errors.ts';
import { dataRows } from './data-error-rows.ts';
import { backupAgentRows, lockdownRows } from './device-error-rows.ts';
import type { ErrorAction, ErrorRow, ErrorTable } from './error-row.ts';
import { connectionRows, hostRows } from './host-error-rows.ts';
import { sizeText } from './size-text.ts';
import type { Translate, WordValue } from './words.ts';

export type { ErrorAction } from './error-row.ts';

/** Every error with words of its own, by the code of its `EngineError`. */
export const errorTable: ErrorTable = { ...backupAgentRows, ...lockdownRows, ...connectionRows, ...hostRows, ...dataRows };

export interface ErrorWords {
  readonly sentence: string;
  readonly cause: string;
  readonly next: string;
  readonly action: ErrorAction | undefined;
}

/** Longest evidence in a sentence, in characters. */
const evidenceLimit = 200;

/** What was going on when the error came, and for whom the words are. */
export interface ErrorContext {
  /** What is left behind depends on it; other jobs leave nothing to speak of. */
  readonly job?: string | undefined;
  readonly platform?: NodeJS.Platform | undefined;
  readonly locale?: string | undefined;
}

/**
 * The words for an error, from its code and facts; a code without a row is told by its number with the device's own text
 * verbatim. `deviceText` and texts among the facts are not cleaned here: whoever shows them does that.
 */
export function errorWords(facts: ErrorFacts, t: Translate, { job, platform = process.platform, locale = 'en' }: ErrorContext = {}): ErrorWords {
  const row = Object.hasOwn(errorTable, facts.code) ? errorTable[facts.code] : undefined;
  if (!row) return unknownWords(facts, t);
  const next = [said(row.nextOn?.[platform] ?? row.next, t), row.isResumable ? whatIsLeft(job, t) : ''].filter((text) => text !== '').join(' ');
  return { sentence: sentenceOf(row, facts, t, locale), cause: said(row.cause, t), next, action: row.action };
}

function sentenceOf({ sentence, exactly = [], sizes = [] }: ErrorRow, { facts = {} }: ErrorFacts, t: Translate, locale: string): string {
  const known = exactly.find((text) => namesIn(text).every((name) => Object.hasOwn(facts, name)));
  if (known === undefined) return t(sentence);
  const values = Object.entries(facts).map(([name, value]): [string, WordValue] => {
    if (typeof value === 'string') return [name, value.slice(0, evidenceLimit)];
    return [name, sizes.includes(name) ? sizeText(value, locale) : new Intl.NumberFormat(locale).format(value)];
  });
  return t(known, Object.fromEntries(values));
}

const namesIn = (text: string): string[] => text.match(/(?<=\{)\w+(?=\})/g) ?? [];

/** What an interrupted job leaves behind. */
function whatIsLeft(job: string | undefined, t: Translate): string {
  if (job === 'backup') return t('What has arrived is kept.');
  return job === 'restore' ? t('The backup itself is unchanged.') : '';
}

/** Every English sentence of the table, for the check that each has a translation. */
export function errorSentences(): string[] {
  const of = ({ sentence, exactly = [], cause, next, nextOn = {} }: ErrorRow): string[] => [sentence, ...exactly, cause, next, ...Object.values(nextOn)];
  return [...new Set(Object.values(errorTable).flatMap(of))].filter((sentence) => sentence !== '');
}

function unknownWords({ code, kind, deviceText }: ErrorFacts, t: Translate): ErrorWords {
  const number = code.replace(/^mb\./, '');
  const text = deviceText?.slice(0, evidenceLimit);
  const sentence =
    text === undefined
      ? t('Error {code}, for which there is no explanation yet.', { code: number })
      : t('The device said: “{text}” (error {code}).', { text, code: number });
  const next = kind === 'device' ? t('Unlock the device, restart it, and try again.') : t('Try again; the log tells more.');
  return { sentence, cause: '', next, action: 'retry' };
}

function said(sentence: string, t: Translate): string {
  return sentence === '' ? '' : t(sentence);
}
