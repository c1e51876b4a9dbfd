import { selectionNeedsEncryption } from '../selection/index.ts';
import type { PlanDocument } from './parse-plan.ts';
import { problem, type PlanFix, type PlanProblem } from './problem.ts';
import { isComplete } from './plan.ts';
import { planOf } from './read-plan.ts';

/** Included lines that only encrypted backups hold, in a plan that does not ask for one. */
export function validateEncryption({ text, outline }: PlanDocument): PlanProblem[] {
  if (outline.encrypted?.value === true || isComplete(planOf(outline))) return [];
  const isPlain = outline.encrypted?.value === false;
  return outline.terms.flatMap(({ list, term, range }): PlanProblem[] => {
    if (list !== 'include' || !term) return [];
    const needy = selectionNeedsEncryption({ include: [term], exclude: [] });
    const category = needy.find(({ encryption }) => encryption === 'encrypted-only') ?? needy[0];
    if (!category) return [];
    const extras = { values: { what: category.name }, fixes: [encryptFix(text, outline)] };
    if (category.encryption === 'encrypted-only') return [problem('needs-encryption', isPlain ? 'error' : 'warning', range, extras)];
    return isPlain ? [problem('mostly-encrypted', 'warning', range, extras)] : [];
  });
}

function encryptFix(text: string, { encrypted, keys }: PlanDocument['outline']): PlanFix {
  const code = 'encrypt';
  if (encrypted) return { code, values: {}, edits: [{ ...encrypted.range, text: 'true' }] };
  const anchor = keys.find(({ path }) => path === 'include') ?? keys[0];
  const at = anchor?.key.start ?? 0;
  const isFlow = text.trimStart().startsWith('{');
  return { code, values: {}, edits: [{ start: at, end: at, text: isFlow ? '"encrypted": true, ' : 'encrypted: true\n' }] };
}
