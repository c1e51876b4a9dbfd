import { closest, closestApp, termText, unknownTerms } from '../selection/index.ts';
import type { PlanFacts } from '../shared/plan-facts.ts';
import type { AppDomains, SelectionTerm } from '../shared/selection.ts';
import { matchDevices } from './match-device.ts';
import type { PlanDocument } from './parse-plan.ts';
import { planLimits } from './plan.ts';
import { problem, type PlanFix, type PlanProblem, type TextRange } from './problem.ts';
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
    apps: facts.apps.length > 0 ? namedApps(facts) : undefined,
    domains: facts.domains.length > 0 ? facts.domains.map(({ name }) => name) : undefined,
  };
  const found: PlanProblem[] = [];
  for (const { term, range } of outline.terms) {
    // A suggestion costs a comparison with every name; categories are checked when they are read.
    if (found.length >= planLimits.problems) break;
    if (!term || term.kind === 'category') continue;
    const [unknown] = unknownTerms({ include: [term], exclude: [] }, known);
    if (!unknown) continue;
    const fixes = unknownFixes(text, range, unknown.suggestion);
    found.push(problem(term.kind === 'app' ? 'unknown-app' : 'unknown-domain', 'warning', range, { values: { name: nameOf(term) }, fixes }));
  }
  return found;
}

function unknownFixes(text: string, range: TextRange, near: SelectionTerm | undefined): PlanFix[] {
  const edit = removeLines(text, range);
  return [
    ...(near ? [replacement(text, range, termText(near))] : []),
    ...(edit ? [{ code: 'remove-line' as const, values: {}, edits: [edit] }] : []),
  ];
}

const replacement = (text: string, range: TextRange, value: string): PlanFix => ({
  code: 'replace',
  values: { text: value },
  edits: [replaceScalar(text, range, value)],
});

const namedApps = ({ apps }: PlanFacts): AppDomains[] => apps.map(({ bundleId, name }) => ({ bundleId, name, groups: [], plugins: [] }));

const nameOf = (term: SelectionTerm): string => (term.kind === 'app' ? term.bundleId : term.kind === 'category' ? term.id : term.domain);

function unknownDevice({ text, outline }: PlanDocument, { devices }: PlanFacts): PlanProblem[] {
  const wanted = deviceOf(outline);
  if (wanted === undefined || devices.length === 0 || matchDevices(wanted, devices).length > 0) return [];
  const alias = outline.aliases.find(({ name }) => name === outline.device?.value);
  const range = alias?.target?.range ?? outline.device?.range;
  if (!range) return [];
  const known = devices.flatMap(({ name, udid }) => (name === undefined ? udid : [name, udid]));
  const names = [...known, ...(alias ? [] : outline.aliases.map(({ name }) => name))];
  const near = closest(wanted, names);
  const fixes = near === undefined ? [] : [replacement(text, range, near)];
  return [problem('unknown-device', 'warning', range, { values: { name: wanted.slice(0, 80) }, fixes })];
}

/** A word that is no category may be the name of an app. */
export function withAppFix(found: PlanProblem, text: string, facts: PlanFacts | undefined): PlanProblem {
  if (found.code !== 'unknown-category' || !facts) return found;
  const bundleId = closestApp(String(found.values['name']), namedApps(facts));
  if (bundleId === undefined) return found;
  return { ...found, fixes: [...found.fixes, replacement(text, found.range, termText({ kind: 'app', bundleId }))] };
}
