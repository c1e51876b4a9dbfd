import { closest, closestApp, termText, unknownTerms } from '../selection/index.ts';
import type { PlanFacts } from '../shared/plan-facts.ts';
import type { SelectionTerm } from '../shared/selection.ts';
import { matchDevices } from './match-device.ts';
import type { PlanDocument } from './parse-plan.ts';
import { problem, type PlanFix, type PlanProblem } from './problem.ts';
import { deviceOf } from './read-plan.ts';
import { removeLines, replaceScalar } from './text-edits.ts';
import type { PlanKnowledge } from './validate-plan.ts';

/** Names of apps, domains and devices that nobody has seen; nothing is unknown where nothing is known. */
export function validateNames(document: PlanDocument, { facts }: PlanKnowledge): PlanProblem[] {
  if (!facts) return [];
  return [...unknownDevice(document, facts), ...unknownLines(document, facts)];
}

function unknownLines({ text, outline }: PlanDocument, facts: PlanFacts): PlanProblem[] {
  const known = {
    apps: facts.apps.length > 0 ? facts.apps.map(({ bundleId, name }) => ({ bundleId, name, groups: [], plugins: [] })) : undefined,
    domains: facts.domains.length > 0 ? facts.domains.map(({ name }) => name) : undefined,
  };
  return outline.terms.flatMap(({ term, range }): PlanProblem[] => {
    // Categories are checked when they are read.
    const [unknown] = term && term.kind !== 'category' ? unknownTerms({ include: [term], exclude: [] }, known) : [];
    if (!term || !unknown) return [];
    const near = unknown.suggestion;
    const edit = removeLines(text, range);
    const fixes: PlanFix[] = [
      ...(near ? [{ code: 'replace' as const, values: { text: termText(near) }, edits: [replaceScalar(text, range, termText(near))] }] : []),
      ...(edit ? [{ code: 'remove-line' as const, values: {}, edits: [edit] }] : []),
    ];
    return [problem(term.kind === 'app' ? 'unknown-app' : 'unknown-domain', 'warning', range, { values: { name: nameOf(term) }, fixes })];
  });
}

const nameOf = (term: SelectionTerm): string => (term.kind === 'app' ? term.bundleId : term.kind === 'category' ? term.id : term.domain);

function unknownDevice({ text, outline }: PlanDocument, { devices }: PlanFacts): PlanProblem[] {
  const wanted = deviceOf(outline);
  if (wanted === undefined || devices.length === 0 || matchDevices(wanted, devices).length > 0) return [];
  const alias = outline.aliases.find(({ name }) => name === outline.device?.value);
  const range = alias?.target?.range ?? outline.device?.range;
  if (!range) return [];
  const names = [...devices.flatMap(({ name }) => name ?? []), ...devices.map(({ udid }) => udid), ...(alias ? [] : outline.aliases.map(({ name }) => name))];
  const near = closest(wanted, names);
  const fixes: PlanFix[] = near === undefined ? [] : [{ code: 'replace', values: { text: near }, edits: [replaceScalar(text, range, near)] }];
  return [problem('unknown-device', 'warning', range, { values: { name: wanted.slice(0, 80) }, fixes })];
}

/** A word that is no category may be the name of an app. */
export function withAppFix(found: PlanProblem, text: string, facts: PlanFacts | undefined): PlanProblem {
  if (found.code !== 'unknown-category' || !facts) return found;
  const apps = facts.apps.map(({ bundleId, name }) => ({ bundleId, name, groups: [], plugins: [] }));
  const bundleId = closestApp(String(found.values['name']), apps);
  if (bundleId === undefined) return found;
  const value = termText({ kind: 'app', bundleId });
  return { ...found, fixes: [...found.fixes, { code: 'replace', values: { text: value }, edits: [replaceScalar(text, found.range, value)] }] };
}
