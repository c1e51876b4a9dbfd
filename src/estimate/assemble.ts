import type { Estimate, EstimateRow } from '../shared/estimate.ts';
import { addBackupRows } from './backup-rows.ts';
import { cloudFits, rowsToUncheck } from './cloud-plans.ts';
import { isPlausible } from './demand.ts';
import type { EstimateFacts } from './facts.ts';
import { findingsOf } from './findings.ts';
import { addAppRow, addCameraRows, addOtherMediaRows, addVoicemailRow, phoneView, restRange, type PhoneView } from './phone-rows.ts';
import { RowTree } from './row-tree.ts';
import { timeAhead } from './time-ahead.ts';
import { totalOf } from './total.ts';
import { transferOf } from './transfer.ts';

/** Makes the picture of what is known at this moment. Pure; costs milliseconds for thousands of rows. */
export function assemble(facts: EstimateFacts): Estimate {
  const view = phoneView(facts);
  const rows = rowsOf(facts, view);
  const total = totalOf(rows, facts, view);
  const transfer = transferOf(facts, total);
  const { udid, deviceName, iosVersion, isEncrypted, at, last, disk, demand } = facts;
  const sources = [...facts.sources.values()];
  return {
    udid, deviceName, iosVersion, isEncrypted, at, sources, rows, total, transfer, disk,
    isComplete: sources.every(({ state }) => state !== 'waiting' && state !== 'running'),
    seconds: transfer && timeAhead(transfer, facts.runs),
    lastBackup: last && { id: last.id, date: last.date, size: last.size },
    clouds: cloudFits(total),
    uncheck: rowsToUncheck(rows, total),
    demand: demand === undefined ? undefined : { bytes: demand, isPlausible: isPlausible(demand, facts.usage) },
    findings: [...facts.findings, ...findingsOf(facts, view)],
  };
}

function rowsOf(facts: EstimateFacts, view: PhoneView): EstimateRow[] {
  const tree = new RowTree();
  const { last, camera } = facts;
  if (last?.sizes) addBackupRows(tree, last.sizes, facts, view);
  else {
    if (camera) addCameraRows(tree, camera);
    if (camera) addOtherMediaRows(tree, camera);
    for (const [bundleId, bytes] of view.apps?.data ?? []) addAppRow(tree, view, bundleId, bytes, undefined);
    addVoicemailRow(tree, facts);
    addRest(tree, facts, view);
  }
  return tree.rows();
}

function addRest(tree: RowTree, facts: EstimateFacts, view: PhoneView): void {
  const size = restRange(facts, view);
  if (!size) return;
  const fixed = { parent: undefined, files: undefined, source: 'disk-usage', before: undefined, term: undefined } as const;
  tree.add({ id: 'other:rest', kind: 'other', name: 'Messages, settings and other data', size, ...fixed });
}
