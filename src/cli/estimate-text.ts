import { uncheckPath } from '../estimate/cloud-plans.ts';
import type { CloudFit, Estimate, EstimateRow, EstimateSource, EstimateSourceId, SizeRange } from '../shared/estimate.ts';
import { growthText } from './estimate-growth.ts';
import { findingText } from './failure.ts';
import { formatBytes, formatDuration, formatTable, terminalText } from './format.ts';

interface TextOptions {
  readonly all: boolean;
  /** Only some rows were asked for: no words about the whole. */
  readonly isPart: boolean;
}

const usualRows = 40;
const barWidth = 24;

/** An estimate as a table with bars, and what follows from it in sentences. */
export function estimateText(estimate: Estimate, { all, isPart }: TextOptions): string {
  const shown = all ? estimate.rows : largestRows(estimate.rows);
  const left = estimate.rows.length - shown.length;
  const note = left > 0 ? [`(${left} smaller lines are left out: --all)`] : [];
  const parts = isPart ? [tableText(shown, estimate)] : [tableText(shown, estimate), note.join(''), summary(estimate), findings(estimate)];
  return parts.filter((part) => part !== '').join('\n\n');
}

function largestRows(rows: readonly EstimateRow[]): EstimateRow[] {
  const sorted = rows.toSorted((a, b) => b.size.likely - a.size.likely);
  const ids = new Set(sorted.slice(0, usualRows).map(({ id }) => id));
  return rows.filter(({ id, size, before }) => ids.has(id) && (size.high > 0 || (before ?? 0) > 0));
}

function tableText(rows: readonly EstimateRow[], { total }: Estimate): string {
  const depths = new Map<string, number>();
  const whole = Math.max(total.likely, 1);
  const lines = rows.map((row) => {
    const depth = row.parent === undefined ? 0 : (depths.get(row.parent) ?? -1) + 1;
    depths.set(row.id, depth);
    const name = `${'  '.repeat(depth)}${terminalText(row.name, 48)}`;
    return [name, sizeText(row.size), changeText(row), barOf(row.size.likely / whole), sourceNames[row.source]];
  });
  return formatTable([['What', 'Size', 'Since last', '', 'From'], ...lines]);
}

const sourceNames: Readonly<Record<EstimateSourceId, string>> = {
  'last-backup': 'last backup',
  apps: "device's app sizes",
  'disk-usage': "rest of the device's storage",
  'camera-roll': 'camera roll',
  demand: 'demand',
  'earlier-runs': 'earlier runs',
};

const barOf = (share: number): string => '#'.repeat(Math.round(Math.min(1, share) * barWidth)).padEnd(barWidth, '.');

/** `1.2 GB`, or with its range where that is wide. */
function sizeText({ low, likely, high }: SizeRange): string {
  const isNarrow = high - low <= likely * 0.02 || formatBytes(low) === formatBytes(high);
  return isNarrow ? formatBytes(likely) : `${formatBytes(likely)} (${formatBytes(low)} to ${formatBytes(high)})`;
}

function changeText({ size, before }: EstimateRow): string {
  if (before === undefined) return '';
  if (before === 0) return size.likely > 0 ? 'new' : '';
  const change = size.likely - before;
  if (Math.abs(change) < Math.max(1000, before * 0.001)) return '=';
  return `${change > 0 ? '+' : '-'}${formatBytes(Math.abs(change))}`;
}

function summary(estimate: Estimate): string {
  const { total, transfer, seconds, lastBackup, disk, demand } = estimate;
  const rows: [string, string][] = [['Backup', sizeText(total)]];
  if (lastBackup) rows.push(['Last backup', `${formatBytes(lastBackup.size)}, ${lastBackup.id}`]);
  if (transfer) rows.push(['To transfer', sizeText(transfer)]);
  if (seconds) rows.push(['Time', timeText(seconds)]);
  const grown = lastBackup && growthText(estimate);
  if (grown !== undefined) rows.push(['Grew since then', grown]);
  if (disk) rows.push(['Disk', `${formatBytes(disk.free)} free: ${fitText(fitOf(transfer ?? total, disk.free))}`]);
  if (demand) rows.push(['The device demands', `${formatBytes(demand.bytes)}${demand.isPlausible ? '' : ' (more than it can have)'}`]);
  rows.push(['iCloud', estimate.clouds.map(cloudText).join('   ')]);
  rows.push(...estimate.sources.map(({ id, state }, index): [string, string] => [index === 0 ? 'Sources' : '', `${sourceNames[id]}: ${stateNames[state]}${state === 'done' ? `, ${sourceNotes[id]}` : ''}`]));
  return [formatTable(rows), uncheckText(estimate)].filter((part) => part !== '').join('\n');
}

/** How sure the figures of a source are. */
const sourceNotes: Readonly<Record<EstimateSourceId, string>> = {
  'last-backup': 'exact for its time',
  apps: 'with caches in them, which a backup leaves out',
  'disk-usage': 'what nothing else tells is judged from it',
  'camera-roll': 'counted file by file',
  demand: 'an experiment, at times far too much',
  'earlier-runs': 'how fast this device sent',
};

/** An incremental run takes the room of what it transfers only. */
const fitOf = ({ low, high }: SizeRange, free: number): CloudFit['fits'] => (low > free ? 'no' : high > free ? 'maybe' : 'yes');

const stateNames: Readonly<Record<EstimateSource['state'], string>> = { waiting: 'waiting', running: 'under way', done: 'done', failed: 'failed', skipped: 'none' };

function timeText({ low, high }: NonNullable<Estimate['seconds']>): string {
  const [from, to] = [formatDuration(low), formatDuration(high)];
  return from === to ? `about ${from}` : `${from} to ${to}, as fast as earlier backups`;
}

const fitText = (fits: CloudFit['fits']): string => ({ yes: 'fits', maybe: 'may not fit', no: 'does not fit' })[fits];

const cloudText = ({ bytes, fits }: CloudFit): string => `${formatBytes(bytes).replace('.0', '')} ${fitText(fits)}`;

function uncheckText({ uncheck, rows, iosVersion }: Estimate): string {
  if (uncheck.length === 0) return '';
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  const items = uncheck.map(({ rowId, saves }) => `  ${terminalText(names.get(rowId) ?? rowId, 48)} (${formatBytes(saves)})`);
  return [`To stay within the free 5 GB of iCloud, switch off in ${uncheckPath(iosVersion).join(' › ')}:`, ...items].join('\n');
}

function findings({ findings: found, sources }: Estimate): string {
  const all = [...found, ...sources.flatMap(({ finding }) => finding ?? [])];
  return [...new Set(all.map(findingText))].join('\n');
}
