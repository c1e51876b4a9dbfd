import type { ErrorFacts } from '../shared/errors.ts';
import { backupAgentRows, lockdownRows } from './device-error-rows.ts';
import type { ErrorAction, ErrorRow, ErrorTable } from './error-row.ts';
import { connectionRows, dataRows, hostRows } from './host-error-rows.ts';
import type { Translate } from './words.ts';

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

/**
 * The words for an error, from its code alone; a code without a row is told by its number with the device's own text
 * verbatim. `deviceText` is not cleaned here: whoever shows it does that.
 */
export function errorWords(facts: ErrorFacts, t: Translate, platform: NodeJS.Platform = process.platform): ErrorWords {
  const row = Object.hasOwn(errorTable, facts.code) ? errorTable[facts.code] : undefined;
  if (!row) return unknownWords(facts, t);
  const next = row.nextOn?.[platform] ?? row.next;
  return { sentence: t(row.sentence), cause: said(row.cause, t), next: said(next, t), action: row.action };
}

/** Every English sentence of the table, for the check that each has a translation. */
export function errorSentences(): string[] {
  const of = ({ sentence, cause, next, nextOn = {} }: ErrorRow): string[] => [sentence, cause, next, ...Object.values(nextOn)];
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
