import type { DraftEntry, HistoryEntry, RunRecord } from '../library/types.ts';
import type { DiagnosisReport } from '../shared/diagnosis-report.ts';
import { isPlainCode } from '../shared/impersonal.ts';

/** One text of a bundle. */
export interface BundleFile {
  readonly name: string;
  readonly text: string;
}

export interface BundleParts {
  readonly report: DiagnosisReport | undefined;
  /** Of programs and systems: `system` → `linux 6.8 x64`. */
  readonly versions: Readonly<Record<string, string | undefined>>;
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
  const told = (text: string): string => codeOnly(redactor.redact(text));
  return [
    { name: 'versions.json', text: json({ ...versions, ios: versionOnly(report?.iosVersion) }) },
    { name: 'findings.json', text: json(report ? reportOf(report, told) : 'no diagnosis was made') },
    { name: 'history.json', text: json(historyOf(history, told)) },
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

type Told = (text: string) => string;

function reportOf({ at, checks, ranked }: DiagnosisReport, told: Told): object {
  return {
    at,
    checks: checks.map(({ check, state, reason }) => ({ check, state, reason: reason && told(reason) })),
    findings: ranked.map(({ row, severity, facts }) => ({ row, severity, facts: plainFacts(facts, told) })),
  };
}

/** Codes and figures; any other text could be a name or a path. */
function plainFacts(facts: Readonly<Record<string, string | number | boolean>>, told: Told): object {
  const plain = Object.entries(facts).filter(([name, value]) => typeof value !== 'string' || name === 'code' || name === 'phase');
  return Object.fromEntries(plain.map(([name, value]) => [name, typeof value === 'string' ? told(value) : value]));
}

function historyOf({ entries, drafts, runs }: BundleParts['history'], told: Told): object {
  return {
    entries: entries.map(({ date, kind, iosVersion, isEncrypted, isComplete, files, size, ownSize, duration, verification }) => ({
      date, kind, ios: versionOnly(iosVersion), isEncrypted, isComplete, files, size, ownSize, duration, verification,
    })),
    drafts: drafts.map(({ started, isEncrypted, isForcedFull, bytes, files }) => ({ started, isEncrypted, isForcedFull, bytes, files })),
    runs: runs.map(({ job, started, end }) => ({ job: told(job), started, end: end && { at: end.at, code: told(end.code), phase: end.phase && told(end.phase), found: end.diagnosis?.map(({ row }) => told(row)) } })),
  };
}

const codeOnly = (text: string): string => (isPlainCode(text) ? text : '‹code›');

/** The device tells it: anything else than a version is no help. */
const versionOnly = (version: string | undefined): string | undefined => (/^\d{1,3}(?:\.\d{1,3}){0,3}$/.test(version ?? '') ? version : undefined);
