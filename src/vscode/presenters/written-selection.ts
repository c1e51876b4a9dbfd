import { parseSelectionLine } from '../../selection/selection-text.ts';
import { closestCategory } from '../../selection/suggest.ts';
import { DataError } from '../../shared/errors.ts';
import type { Selection } from '../../shared/selection.ts';
import { plainText } from './plain-text.ts';
import type { Wording } from './wording.ts';

/** One of each kind, in the syntax of plans and the command line. */
export const writtenExample = 'messages, photos where after 2025-01-01, com.example.app, path:HomeDomain/Library/**/*.db, except music';

export type Written = { readonly kind: 'selection'; readonly selection: Selection } | { readonly kind: 'problem'; readonly text: string } | { readonly kind: 'nothing' };

/** A selection that a person types, read at each keystroke: what it is, or a sentence about what is wrong with it. */
export function readWritten(text: string, w: Wording): Written {
  try {
    const selection = parseSelectionLine(text);
    return selection.include.length + selection.exclude.length === 0 ? { kind: 'nothing' } : { kind: 'selection', selection };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return { kind: 'problem', text: problemText(error, w) };
  }
}

function problemText({ message, subject = '' }: DataError, { t }: Wording): string {
  const name = subject.trim();
  if (!/^[\w-]+$/.test(name) || !message.startsWith('There is no category')) return t('This cannot be read as a choice. {what}.', { what: plainText(message, 300) });
  const near = closestCategory(name);
  return near === undefined ? t('There is no category “{name}”.', { name }) : t('There is no category “{name}”; “{near}” was probably meant.', { name, near });
}
