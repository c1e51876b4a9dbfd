import type { DiagnosisReport } from '../shared/diagnosis-report.ts';

/** What a bundle is made of. Texts come redacted: the log holds no names, identifiers or secrets. */
export interface BundleParts {
  readonly at: Date;
  /** Of programs and systems: `Extension` → `0.1.0`. */
  readonly versions: Readonly<Record<string, string>>;
  readonly report: DiagnosisReport | undefined;
  readonly log: string;
}

/** Most of the log that goes in, in characters: its end. */
const logLimit = 200_000;

/** One readable text for whoever helps: versions, findings and the log. Whoever saves it sees it first. */
export function supportBundle({ at, versions, report, log }: BundleParts): string {
  const facts = Object.entries(versions).map(([name, version]) => `- ${name}: ${version}`);
  return [
    '# Support bundle of iPhone Backup',
    `Made ${at.toISOString()}. It holds versions, findings and the log; names, numbers, identifiers and passwords are left out.`,
    '## Versions',
    facts.join('\n'),
    '## Checks',
    ...(report ? reportLines(report) : ['No diagnosis was made.']),
    '## Log',
    fenced(log.slice(-logLimit)),
  ].join('\n\n').concat('\n');
}

function reportLines({ checks, ranked }: DiagnosisReport): string[] {
  const looked = checks.map(({ check, state, reason }) => `- ${check}: ${state}${reason === undefined ? '' : ` (${reason})`}`);
  const found = ranked.map(({ row, severity, facts }) => `- ${row} (${severity}) ${JSON.stringify(plainFacts(facts))}`);
  return [looked.join('\n'), '## Findings', found.length === 0 ? 'None.' : found.join('\n')];
}

/** Codes and figures; a text of any other kind could be a name or a path. */
function plainFacts(facts: Readonly<Record<string, string | number | boolean>>): Record<string, string | number | boolean> {
  return Object.fromEntries(Object.entries(facts).filter(([name, value]) => typeof value !== 'string' || name === 'code' || name === 'phase'));
}

/** A fence longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}
