import type { ConnectionKind, DiskUsage, InstalledApp } from '../device/index.ts';
import type { EstimateSource, EstimateSourceId } from '../shared/estimate.ts';
import type { Finding } from '../shared/finding.ts';
import type { AppSizes } from './app-growth.ts';
import type { BackupSizes } from './backup-sizes.ts';
import type { CameraTally } from './camera-tally.ts';

/** A finished backup, as far as an estimate is concerned. Sizes in bytes. */
export interface LastBackup {
  readonly id: string;
  /** By this computer's clock. */
  readonly date: Date;
  readonly size: number;
  readonly isEncrypted: boolean;
  /** What its manifest tells; `undefined` until it is read, or when it cannot be opened. */
  readonly sizes: BackupSizes | undefined;
}

/** One run of this device that was measured. */
export interface EarlierRun {
  readonly date: Date;
  readonly isFull: boolean;
  /** Bytes that the phone sent, about. */
  readonly bytes: number;
  /** From its start to its end. */
  readonly seconds: number;
  /** Those of them in which the device was sending; `undefined` of older runs. */
  readonly receiving?: number | undefined;
  /** Bytes of the whole backup that came out. */
  readonly size: number;
  readonly connection: ConnectionKind | undefined;
}

/** All that is known at a moment; each source fills in its own. */
export interface EstimateFacts {
  readonly udid: string;
  readonly at: Date;
  /** By the phone's clock, which dates its files; this computer's where the phone does not tell. */
  phoneTime: Date;
  deviceName: string | undefined;
  iosVersion: string | undefined;
  isEncrypted: boolean | undefined;
  sources: ReadonlyMap<EstimateSourceId, EstimateSource>;
  last: LastBackup | undefined;
  apps: readonly InstalledApp[] | undefined;
  /** The phone's figures for its apps at the time of the last backup. */
  appsBefore: AppSizes | undefined;
  usage: DiskUsage | undefined;
  camera: CameraTally | undefined;
  /** What the phone asked for in the experiment. */
  demand: number | undefined;
  runs: readonly EarlierRun[];
  disk: { readonly folder: string; readonly free: number; readonly capacity: number } | undefined;
  findings: readonly Finding[];
}

/** No source that could still tell of this is waiting or running. */
export function isSettled(facts: EstimateFacts, ...ids: readonly EstimateSourceId[]): boolean {
  return ids.every((id) => {
    const state = facts.sources.get(id)?.state;
    return state !== 'waiting' && state !== 'running';
  });
}
