import type { DeviceSummary } from '../../device/types.ts';
import { diagnosedWords, type DiagnosedWords, type WordsContext } from '../../diagnosis/diagnosed-words.ts';
import type { ErrorAction } from '../../diagnosis/error-row.ts';
import { checkWords } from '../../diagnosis/report-text.ts';
import type { CheckGroup, CheckResult, Diagnosed, DiagnosisReport, FailedRun } from '../../shared/diagnosis-report.ts';
import type { ReportCheck, ReportFinding, ReportGroup, ReportPicture } from '../../shared/report-panel.ts';
import { dateText } from './dates.ts';
import { deviceName } from './device-words.ts';
import { plainText } from './plain-text.ts';
import type { Wording } from './wording.ts';

/** What the host knows when it draws. */
export interface ReportScene {
  readonly devices: readonly DeviceSummary[];
  /** The device that was asked about; `undefined` for all. */
  readonly udid: string | undefined;
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
  const { report, isRunning, failed, failure } = scene;
  const findings = (report?.ranked ?? []).map((found) => findingPicture(found, scene, w));
  const mood = moodOf(scene);
  return {
    title: reportTitle(scene, w),
    headline: headlineOf(findings, mood, w),
    mood,
    occasion: failed?.started ? w.t('After the run of {date} failed', { date: dateText(failed.started, w) }) : '',
    at: (report?.at ?? w.now).getTime(),
    isRunning,
    findings,
    groups: groupsOf(scene, w),
    failure: failure ?? '',
  };
}

export function reportTitle({ devices, udid }: Pick<ReportScene, 'devices' | 'udid'>, w: Wording): string {
  return udid === undefined ? w.t('Backup Diagnosis') : w.t('Diagnosis: {device}', { device: nameOf(udid, devices, w) });
}

function moodOf({ report, isRunning, failure }: ReportScene): ReportPicture['mood'] {
  const grave = (report?.ranked ?? []).map(({ severity }) => severity);
  if (grave.includes('blocker')) return 'blocker';
  if (isRunning || !report) return failure === undefined ? 'looking' : 'warning';
  return grave.includes('warning') ? 'warning' : 'good';
}

function headlineOf(findings: readonly ReportFinding[], mood: ReportPicture['mood'], w: Wording): string {
  const count = findings.filter(({ severity }) => severity === mood).length;
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

function findingPicture(found: Diagnosed, scene: ReportScene, w: Wording): ReportFinding {
  const words = diagnosedWords(found, contextOf(scene, w));
  const clean = (text: string): string => plainText(text, sentenceLimit);
  const checks = scene.report?.checks.filter(({ findings }) => findings.some(({ row }) => row === found.row)) ?? [];
  return {
    row: found.row,
    severity: found.severity,
    topic: clean(words.topic),
    sentence: clean(words.sentence),
    cause: clean(words.cause),
    risk: clean(words.risk),
    steps: words.steps.map(({ text, destroys }) => ({ text: clean(text), destroys: clean(destroys) })),
    action: actionText(words, scene, w),
    sources: words.sources,
    checks: [...new Set(checks.map(({ check }) => check))],
  };
}

export function contextOf({ report }: Pick<ReportScene, 'report'>, w: Wording): WordsContext {
  return { translate: w.t, locale: w.locale, iosVersion: report?.iosVersion };
}

function actionText({ action }: DiagnosedWords, { canDo }: ReportScene, w: Wording): string | undefined {
  return action !== undefined && canDo(action) ? actionTitle(action, w) : undefined;
}

/** The button for what software can do. */
export function actionTitle(action: ErrorAction, { t }: Pick<Wording, 't'>): string {
  const titles: Readonly<Record<ErrorAction, string>> = {
    retry: t('Try Again'),
    pair: t('Pair (Trust)'),
    'choose-folder': t('Choose Backup Folder'),
    'full-backup': t('Full Backup'),
    verify: t('Verify Backup'),
    'show-jobs': t('Show Running Jobs'),
  };
  return titles[action];
}

function groupsOf({ report, devices }: ReportScene, w: Wording): ReportGroup[] {
  const titles: Readonly<Record<CheckGroup, string>> = {
    connection: w.t('Connection'), device: w.t('Device'), computer: w.t('This Computer'), library: w.t('Backups'), cloud: w.t('iCloud'),
  };
  const checks = report?.checks ?? [];
  const severalDevices = new Set(checks.flatMap(({ udid }) => udid ?? [])).size > 1;
  const groups = groupOrder.map((id): ReportGroup => {
    const own = checks.filter(({ group }) => group === id);
    return { id, title: titles[id], checks: own.map((check) => checkPicture(check, severalDevices ? devices : undefined, w)) };
  });
  return groups.filter((group) => group.checks.length > 0);
}

function checkPicture(check: CheckResult, devices: readonly DeviceSummary[] | undefined, w: Wording): ReportCheck {
  const { title, sentence } = checkWords(check, { translate: w.t });
  const device = devices && check.udid !== undefined ? nameOf(check.udid, devices, w) : '';
  return { id: check.check, device, state: check.state, title: plainText(title), sentence: plainText(sentence, sentenceLimit) };
}

function nameOf(udid: string, devices: readonly DeviceSummary[], w: Wording): string {
  const device = devices.find((each) => each.udid === udid);
  return device ? deviceName(device, w) : `…${udid.slice(-4)}`;
}
