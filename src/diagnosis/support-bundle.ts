import type { DraftEntry, HistoryEntry, RunRecord } from '../library/types.ts';
import type { DiagnosisReport } from '../shared/diagnosis-report.ts';

/** One text of a bundle. */
export interface BundleFile {
  readonly name: string;
  readonly text: string;
}

export interface BundleParts {
  readonly report: DiagnosisReport | undefined;
  /** Of programs and systems: `system` → `linux 6.8 x64`. */
  readonly versions: Readonly<Record<string, string>>;
  readonly log: readonly string[];
  readonly history: { readonly entries: readonly HistoryEntry[]; readonly drafts: readonly DraftEntry[]; readonly runs: readonly RunRecord[] };
  /** Takes names, identifiers and folders of a person out of the log. */
  readonly redactor: { redact(text: string): string };
}

/** Lines of the log that go in: its end. */
const logLimit = 5_000;

/** What helps a stranger to help: versions, findings, figures of the history and the log, without anything that names a person or a device. */
export function supportBundle({ report, versions, log, history, redactor }: BundleParts): BundleFile[] {
  const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
  return [
    { name: 'versions.json', text: json({ ...versions, ...(report?.iosVersion === undefined ? {} : { ios: report.iosVersion }) }) },
    { name: 'findings.json', text: json(report ? reportOf(report) : 'no diagnosis was made') },
    { name: 'history.json', text: json(historyOf(history)) },
    { name: 'log.txt', text: log.slice(-logLimit).map((line) => `${redactor.redact(line)}\n`).join('') },
  ];
}

/** A line for each text: its name and size. */
export function bundleContents(files: readonly BundleFile[]): string {
  return files.map(({ name, text }) => `  ${name}, ${text === '' ? 0 : text.trimEnd().split('\n').length} lines`).join('\n');
}

/** All texts in one, each under its name: a bundle is read before it is given away. */
export function bundleText(files: readonly BundleFile[]): string {
  return files.map(({ name, text }) => `===== ${name} =====\n${text}`).join('\n');
}

function reportOf({ at, checks, ranked }: DiagnosisReport): object {
  return {
    at,
    checks: checks.map(({ check, state, reason }) => ({ check, state, reason })),
    findings: ranked.map(({ row, severity, facts }) => ({ row, severity, facts: plainFacts(facts) })),
  };
}

/** Codes and figures; any other text could be a name or a path. */
function plainFacts(facts: Readonly<Record<string, string | number | boolean>>): object {
  return Object.fromEntries(Object.entries(facts).filter(([name, value]) => typeof value !== 'string' || name === 'code' || name === 'phase'));
}

function historyOf({ entries, drafts, runs }: BundleParts['history']): object {
  return {
    entries: entries.map(({ date, kind, iosVersion, isEncrypted, isComplete, files, size, ownSize, duration, verification }) => ({
      date, kind, iosVersion, isEncrypted, isComplete, files, size, ownSize, duration, verification,
    })),
    drafts: drafts.map(({ started, isEncrypted, isForcedFull, bytes, files }) => ({ started, isEncrypted, isForcedFull, bytes, files })),
    runs: runs.map(({ job, started, end }) => ({ job, started, end })),
  };
}
