import type { Translate } from '../../diagnosis/words.ts';

/** What every presenter needs to speak: the language, its conventions for numbers and dates, and what time it is. */
export interface Wording {
  readonly t: Translate;
  /** BCP 47, as the editor's display language. */
  readonly locale: string;
  readonly now: Date;
}
