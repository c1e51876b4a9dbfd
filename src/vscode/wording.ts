import { env, l10n } from 'vscode';
import type { Translate } from '../diagnosis/words.ts';
import type { Wording } from './presenters/wording.ts';

/** Gives a sentence in the editor's display language. */
export const t: Translate = (message, values) => (values ? l10n.t(message, { ...values }) : l10n.t(message));

export function wording(): Wording {
  return { t, locale: env.language, now: new Date() };
}
