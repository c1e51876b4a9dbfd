import type { Estimate, EstimateSource, EstimateSourceId } from '../shared/estimate.ts';
import { assemble } from './assemble.ts';
import type { EarlierRun, LastBackup } from './facts.ts';

/** The estimate from the last backup alone, without a word of the phone: as far as it grew before, it grows on. */
export function estimateFrom(last: LastBackup, runs: readonly EarlierRun[], at: Date): Pick<Estimate, 'total' | 'transfer'> {
  const done: EstimateSource = { id: 'last-backup', state: 'done', finding: undefined };
  const { total, transfer } = assemble({
    udid: '', at, phoneTime: at, deviceName: undefined, iosVersion: undefined, isEncrypted: last.isEncrypted, sources: new Map<EstimateSourceId, EstimateSource>([[done.id, done]]),
    last, runs, apps: undefined, appsBefore: undefined, usage: undefined, camera: undefined, demand: undefined, disk: undefined, findings: [],
  });
  return { total, transfer };
}
