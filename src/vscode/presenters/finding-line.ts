import { findingWords } from '../../diagnosis/finding-words.ts';
import type { Finding } from '../../shared/finding.ts';
import { plainText } from './plain-text.ts';
import type { Wording } from './wording.ts';

/** A finding and what to do about it, in one line. */
export function findingLine(finding: Finding, w: Wording): string {
  const { sentence, next } = findingWords(finding, w.t, w.locale);
  return plainText(next === '' ? sentence : `${sentence} ${next}`, 600);
}
