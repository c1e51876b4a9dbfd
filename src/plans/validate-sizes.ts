import { termText } from '../selection/index.ts';
import type { PlanFacts } from '../shared/plan-facts.ts';
import { sizeText } from '../shared/size-text.ts';
import type { PlanDocument } from './parse-plan.ts';
import { problem, type PlanFix, type PlanProblem, type TextRange } from './problem.ts';
import { removeLines } from './text-edits.ts';
import type { PlanKnowledge } from './validate-plan.ts';

/** Included lines of which the excluded ones leave nothing. */
export function validateContradictions({ text, outline }: PlanDocument, { figures }: PlanKnowledge): PlanProblem[] {
  const excluded = new Set(outline.terms.flatMap(({ list, term }) => (list === 'exclude' && term ? termText(term) : [])));
  return outline.terms.flatMap(({ list, term, range }, index): PlanProblem[] => {
    if (list !== 'include' || !term) return [];
    if (excluded.has(termText(term))) return [problem('contradiction', 'warning', range, { fixes: removal(text, range) })];
    const { alone, left } = figures?.terms[index] ?? {};
    const isVoid = alone !== undefined && left !== undefined && alone.files > 0 && left.files === 0;
    return isVoid ? [problem('excluded-wholly', 'warning', range, { fixes: removal(text, range) })] : [];
  });
}

/** Lines that took nothing of the last backup, and a run that the disk has no room for. */
export function validateSizes({ text, outline }: PlanDocument, { facts, figures, locale = 'en' }: PlanKnowledge): PlanProblem[] {
  const from = facts?.from;
  if (!from || !figures) return [];
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(from.date);
  const unmatched = outline.terms.flatMap(({ term, range }, index): PlanProblem[] => {
    const isVoid = figures.terms[index]?.alone?.files === 0;
    return term && isVoid ? [problem('matches-nothing', 'warning', range, { values: { date }, fixes: removal(text, range) })] : [];
  });
  const key = outline.keys.find(({ path }) => path === 'include') ?? outline.keys[0];
  const needed = roomNeeded(outline, facts) ?? { code: 'no-space', bytes: figures.total.bytes };
  const free = facts.diskFree;
  if (!key || free === undefined || needed.bytes <= free) return unmatched;
  const values = { date, size: sizeText(needed.bytes, locale), free: sizeText(free, locale) };
  return [...unmatched, problem(needed.code, 'warning', key.key, { values })];
}

/**
 * What the next run needs beside the backups that are there: all that the device sends, chosen or not, which is what has
 * changed; the whole where encryption changes. What is chosen shares its files with that, so it needs nothing more.
 */
function roomNeeded({ encrypted }: PlanDocument['outline'], { ahead }: PlanFacts): { readonly code: 'no-room'; readonly bytes: number } | undefined {
  if (!ahead) return undefined;
  const changes = encrypted !== undefined && encrypted.value !== ahead.isEncrypted;
  return { code: 'no-room', bytes: (changes ? ahead.total : ahead.transfer).likely };
}

function removal(text: string, range: TextRange): PlanFix[] {
  const edit = removeLines(text, range);
  return edit ? [{ code: 'remove-line', values: {}, edits: [edit] }] : [];
}
