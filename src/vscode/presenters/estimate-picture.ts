import type { DeviceSummary } from '../../device/types.ts';
import { uncheckPath } from '../../estimate/cloud-plans.ts';
import type { Estimate, EstimateRow, EstimateSource } from '../../shared/estimate.ts';
import type { EstimatePicture, PictureRow, PictureSource, Remark } from '../../shared/estimate-panel.ts';
import { agoText, dateText } from './dates.ts';
import { deviceIdentity, deviceName } from './device-words.ts';
import { settingsStep, sourceName, sourceNote } from './estimate-words.ts';
import { durationText, sizeText } from './figures.ts';
import { findingLine } from './finding-line.ts';
import { plainText } from './plain-text.ts';
import { rowName } from './row-names.ts';
import type { Wording } from './wording.ts';

/** What the host knows when it draws. */
export interface EstimateScene {
  readonly udid: string;
  /** `undefined` when it is not connected. */
  readonly device: DeviceSummary | undefined;
  readonly estimate: Estimate | undefined;
  readonly isRunning: boolean;
  /** The last backup is encrypted, and no password for it is at hand. */
  readonly needsPassword: boolean;
  /** Why there is no estimate, or not a whole one. */
  readonly failure: string | undefined;
}

/** The picture of what is known: names cleaned, findings and times in words. */
export function estimatePicture(scene: EstimateScene, w: Wording): EstimatePicture {
  const { udid, device, estimate, isRunning, needsPassword } = scene;
  return {
    ...(estimate ? figuresOf(estimate, w) : nothingKnown(w)),
    device: device ? deviceName(device, w) : plainText(estimate?.deviceName ?? '', 60) || `…${udid.slice(-4)}`,
    identity: device ? deviceIdentity(device, w) : w.t('not connected'),
    isRunning,
    needsPassword,
    remarks: remarksOf(scene, w),
  };
}

type Figures = Omit<EstimatePicture, 'device' | 'identity' | 'isRunning' | 'needsPassword' | 'remarks'>;

const nothingKnown = (w: Wording): Figures => ({
  isEncrypted: undefined, at: w.now.getTime(), sources: [], rows: [], total: undefined, transfer: undefined, time: undefined,
  last: undefined, disk: undefined, clouds: [], uncheck: [], uncheckPath: '', demand: undefined,
});

function figuresOf(estimate: Estimate, w: Wording): Figures {
  const { isEncrypted, at, rows, total, transfer, seconds, lastBackup, disk, uncheck, iosVersion, demand } = estimate;
  return {
    isEncrypted, transfer, disk, uncheck, demand,
    at: at.getTime(),
    sources: estimate.sources.map((source) => pictureSource(source, w)),
    rows: rows.map((row) => pictureRow(row, w)),
    total: rows.length > 0 ? total : undefined,
    time: seconds && timeText(seconds, w),
    last: lastBackup && { ago: agoText(lastBackup.date, w), date: dateText(lastBackup.date, w), size: lastBackup.size },
    clouds: cloudsOf(estimate),
    uncheckPath: uncheckText(iosVersion, w),
  };
}

function pictureRow(row: EstimateRow, w: Wording): PictureRow {
  const { id, parent, kind, size, files, source, before, encryption } = row;
  return { id, parent, kind, name: rowName(row, w), size, files, source, before, encryption, canChoose: row.term !== undefined };
}

function pictureSource({ id, state, finding }: EstimateSource, w: Wording): PictureSource {
  return { id, state, name: sourceName(id, w), note: finding ? findingLine(finding, w) : sourceNote(id, state, w) };
}

/** Plans beyond the first two that fit tell nothing more. */
function cloudsOf({ rows, clouds }: Estimate): EstimatePicture['clouds'] {
  if (rows.length === 0) return [];
  const fitting = clouds.findIndex(({ fits }) => fits === 'yes');
  return fitting < 0 ? clouds : clouds.slice(0, fitting + 2);
}

/** Below this many seconds a range says nothing. */
const shortRun = 10;

function timeText({ low, high }: { readonly low: number; readonly high: number }, w: Wording): string {
  if (high < shortRun) return w.t('a few seconds');
  const [from, to] = [durationText(low, w), durationText(high, w)];
  return from === to ? w.t('about {time}', { time: from }) : w.t('{from} to {to}', { from, to });
}

/** Where on the phone: `Settings › [your name] › iCloud › …` */
function uncheckText(iosVersion: string | undefined, w: Wording): string {
  const path = uncheckPath(iosVersion).map((step) => settingsStep(step, w));
  return w.t('On the device: {path}', { path: path.join(' › ') });
}

/** Findings that a source shows as its own note are not said twice. */
function remarksOf({ estimate, failure }: EstimateScene, w: Wording): Remark[] {
  const said = new Set(['estimate.demand-implausible', ...(estimate?.sources.flatMap(({ finding }) => finding?.code ?? []) ?? [])]);
  const findings = (estimate?.findings ?? []).filter(({ code }) => !said.has(code));
  const told = findings.map((finding): Remark => ({ severity: finding.severity, text: findingLine(finding, w) }));
  return [...(failure === undefined ? [] : [{ severity: 'blocker', text: failure } as const]), ...demandRemark(estimate, w), ...told];
}

function demandRemark(estimate: Estimate | undefined, w: Wording): Remark[] {
  const demand = estimate?.demand;
  if (!demand) return [];
  const size = sizeText(demand.bytes, w);
  if (demand.isPlausible) return [{ severity: 'info', text: w.t('The device itself demands {size} for a backup.', { size }) }];
  return [{ severity: 'warning', text: w.t('The device demands {size}, more than it can have: this figure is not to be believed.', { size }) }];
}
