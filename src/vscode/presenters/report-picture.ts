import type { DeviceSummary } from '../../device/types.ts';
import { diagnosedWords, type DiagnosedWords, type WordsContext } from '../../diagnosis/diagnosed-words.ts';
import type { ErrorAction } from '../../diagnosis/error-row.ts';
import { knowledgeRow } from '../../diagnosis/knowledge/knowledge.ts';
import { checkWords } from '../../diagnosis/report-text.ts';
import type { CheckGroup, CheckResult, Diagnosed, DiagnosisReport, FailedRun } from '../../shared/diagnosis-report.ts';
import type { ReportCheck, ReportFinding, ReportGroup, ReportPicture } from '../../shared/report-panel.ts';
import { actionTitle } from './action-title.ts';
import { dateText } from './dates.ts';
import { plainText } from './plain-text.ts';
import { knownName, reportTitle, type ReportSubject } from './report-title.ts';
import type { Wording } from './wording.ts';

/** What the host knows when it draws. */
export interface ReportScene extends ReportSubject {
  readonly report: DiagnosisReport | undefined;
  readonly isRunning: boolean;
  readonly failed: FailedRun | undefined;
  readonly failure: string | undefined;
  /** Whether software can do this step now. */
  readonly canDo: (action: ErrorAction) => boolean;
}

/** Longest sentence, in characters: facts in it come from devices and disks. */
const sentenceLimit = 600;

const groupOrder: readonly CheckGroup[] = ['connection', 'device', 'computer', 'library', 'cloud'];

export function reportPicture(scene: ReportScene, w: Wording): ReportPicture {
  const { report, devices, isRunning, failed, failure } = scene;
  const mood = moodOf(scene);
  const only = report?.udid ?? scene.udid;
  return {
    title: reportTitle(scene, w),
    headline: headlineOf(scene, mood, w),
    mood,
    occasion: failed?.started ? w.t('Run of {date}', { date: dateText(failed.started, w) }) : '',
    at: (report?.at ?? w.now).getTime(),
    isRunning,
    canBackUp: mood !== 'looking' && mood !== 'blocker' && !failed && devices.some(({ udid, trust }) => udid === only && trust === 'trusted'),
    findings: withoutRepeats((report?.ranked ?? []).map((found, index) => findingPicture(found, index === 0, scene, w))),
    groups: groupsOf(scene, w),
    failure: plainText(failure ?? '', sentenceLimit),
  };
}

function moodOf({ report, isRunning, failure, failed }: ReportScene): ReportPicture['mood'] {
  const grave = (report?.ranked ?? []).map(({ severity }) => severity);
  // What stands in the way of a backup is no news after a failed run: its cause is, whatever that is.
  if (failed && report && !isRunning) return grave[0] === 'info' ? 'good' : (grave[0] ?? 'warning');
  if (grave.includes('blocker')) return 'blocker';
  if (isRunning || !report) return failure === undefined ? 'looking' : 'warning';
  return grave.includes('warning') ? 'warning' : 'good';
}

function headlineOf({ report, failed }: ReportScene, mood: ReportPicture['mood'], w: Wording): string {
  const count = (report?.ranked ?? []).filter(({ severity }) => severity === mood).length;
  if (failed && report) return failedHeadline(report, failed, w);
  switch (mood) {
    case 'looking':
      return w.t('Looking…');
    case 'good':
      return w.t('Ready to back up');
    case 'blocker':
      return count === 1 ? w.t('One thing stands in the way of a backup') : w.t('{count} things stand in the way of a backup', { count });
    case 'warning':
      return count === 1 ? w.t('One thing to look at') : w.t('{count} things to look at', { count });
  }
}

function failedHeadline({ ranked: [first] }: DiagnosisReport, { job }: FailedRun, w: Wording): string {
  if (first && knowledgeRow(first.row)?.isGoodNews) return w.t('It failed, yet the backup is there');
  if (job === 'backup') return w.t('Why the backup failed');
  return job === 'restore' ? w.t('Why the restore failed') : w.t('Why it failed');
}

function findingPicture(found: Diagnosed, isFirst: boolean, scene: ReportScene, w: Wording): ReportFinding {
  const words = diagnosedWords(found, contextOf(scene, w));
  const clean = (text: string): string => plainText(text, sentenceLimit);
  const checks = scene.report?.checks.filter(({ findings }) => findings.some(({ row }) => row === found.row)) ?? [];
  return {
    row: found.row,
    severity: found.severity,
    kind: kindOf(found, isFirst && scene.failed !== undefined, checks.length > 0),
    topic: clean(words.topic),
    device: manyDevices(scene) ? concerned(checks, scene, w) : '',
    sentence: clean(words.sentence),
    cause: clean(words.cause),
    risk: clean(words.risk),
    steps: words.steps.map(({ text, destroys }) => ({ text: clean(text), destroys: clean(destroys) })),
    action: actionText(words, scene, w),
    sources: words.sources,
    checks: checks.length > 0 ? [...new Set(checks.map(({ check }) => check))] : (knowledgeRow(found.row)?.evidence.checks ?? []),
  };
}

/** The first of a failed run is its answer, whatever it is; a guess that no check confirms is told as a guess. */
function kindOf({ severity }: Diagnosed, isAnswer: boolean, isSeen: boolean): ReportFinding['kind'] {
  if (isAnswer) return 'card';
  if (!isSeen) return 'possible';
  return severity === 'info' ? 'note' : 'card';
}

/** The same button at two findings would be one too many. */
function withoutRepeats(findings: readonly ReportFinding[]): ReportFinding[] {
  return findings.map((finding, index) => {
    const isRepeated = findings.slice(0, index).some(({ action }) => action === finding.action);
    return isRepeated ? { ...finding, action: undefined } : finding;
  });
}

/** Several devices were looked at: a name tells whose a finding is. */
const manyDevices = ({ report }: ReportScene): boolean => new Set(report?.checks.flatMap(({ udid }) => udid ?? [])).size > 1;

function concerned(checks: readonly CheckResult[], { devices }: ReportScene, w: Wording): string {
  const udids = new Set(checks.flatMap(({ udid }) => udid ?? []));
  return [...udids].map((udid) => knownName(udid, devices, w)).join(', ');
}

export function contextOf({ report }: Pick<ReportScene, 'report'>, w: Wording): WordsContext {
  return { translate: w.t, locale: w.locale, iosVersion: report?.iosVersion };
}

function actionText({ actions }: DiagnosedWords, { canDo }: ReportScene, w: Wording): string | undefined {
  const action = actions.find(canDo);
  return action && actionTitle(action, w);
}

function groupsOf(scene: ReportScene, w: Wording): ReportGroup[] {
  const titles: Readonly<Record<CheckGroup, string>> = {
    connection: w.t('Connection'), device: w.t('Device'), computer: w.t('This Computer'), library: w.t('Backups'), cloud: w.t('iCloud'),
  };
  const checks = scene.report?.checks ?? [];
  const devices = manyDevices(scene) ? scene.devices : undefined;
  const groups = groupOrder.map((id): ReportGroup => {
    const own = checks.filter(({ group }) => group === id);
    return { id, title: titles[id], checks: own.map((check) => checkPicture(check, devices, w)) };
  });
  return groups.filter((group) => group.checks.length > 0);
}

function checkPicture(check: CheckResult, devices: readonly DeviceSummary[] | undefined, w: Wording): ReportCheck {
  const { title, sentence } = checkWords(check, { translate: w.t });
  const device = devices && check.udid !== undefined ? knownName(check.udid, devices, w) : '';
  const seen = check.findings.map((found) => diagnosedWords(found, { translate: w.t, locale: w.locale }).short).join(' · ');
  const severity = (['blocker', 'warning', 'info'] as const).find((grave) => check.findings.some((found) => found.severity === grave));
  return { id: check.check, device, state: check.state, severity, title: plainText(title), sentence: plainText(sentence === '' ? seen : sentence, sentenceLimit) };
}
