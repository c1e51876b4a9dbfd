import type { DeviceSummary } from '../../../../src/device/types.ts';
import { english } from '../../../../src/diagnosis/words.ts';
import type { History } from '../../../../src/jobs/api.ts';
import type { DraftEntry, HistoryEntry } from '../../../../src/library/types.ts';
import type { JobProgress } from '../../../../src/shared/job-events.ts';
import type { JobState } from '../../../../src/vscode/presenters/job-state.ts';
import type { Wording } from '../../../../src/vscode/presenters/wording.ts';

export const now = new Date('2026-11-22T12:00:00Z');
export const inEnglish: Wording = { t: english, locale: 'en', now };

const nothingTold = {
  name: undefined, productType: undefined, model: undefined, deviceClass: undefined, iosVersion: undefined, buildVersion: undefined,
  serialNumber: undefined, capacity: undefined, dataCapacity: undefined, dataAvailable: undefined, battery: undefined, isCharging: undefined,
  isLocked: undefined, requiresEncryption: undefined, cloudBackupEnabled: undefined, lastCloudBackup: undefined, lastComputerBackup: undefined,
  findMyEnabled: undefined, setupDone: undefined, isSupervised: undefined,
} as const;

/** A device that has told nothing but what `facts` holds. */
export function device(facts: Partial<DeviceSummary> = {}): DeviceSummary {
  return { udid: '00008120-000A1B2C3D4E5F60', connections: ['usb'], trust: 'trusted', isVirtual: false, encryption: 'off', ...nothingTold, ...facts };
}

export function entry(facts: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    id: '2026-11-20T10-00-00Z',
    udid: '00008120-000A1B2C3D4E5F60',
    deviceName: "Anna's iPhone",
    productType: 'iPhone16,1',
    iosVersion: '18.5',
    date: new Date('2026-11-20T10:00:00Z'),
    kind: 'incremental',
    isEncrypted: true,
    isComplete: true,
    files: 51_306,
    size: 12_400_000_000,
    ownSize: 310_000_000,
    duration: 185,
    isLocked: false,
    verification: undefined,
    selection: undefined,
    note: undefined,
    path: '/backups/00008120-000A1B2C3D4E5F60/2026-11-20T10-00-00Z',
    ...facts,
  };
}

export function draft(facts: Partial<DraftEntry> = {}): DraftEntry {
  return {
    udid: '00008120-000A1B2C3D4E5F60',
    deviceName: "Anna's iPhone",
    started: new Date('2026-11-22T10:00:00Z'),
    isEncrypted: false,
    isForcedFull: false,
    selection: undefined,
    bytes: 4_000_000_000,
    files: 9000,
    isRunning: false,
    isSetAside: false,
    path: '/backups/00008120-000A1B2C3D4E5F60/.draft',
    ...facts,
  };
}

export function history(parts: Partial<History> = {}): History {
  return { entries: [], drafts: [], trash: [], runs: [], foreign: [], problems: [], ...parts };
}

export function progress(figures: Partial<JobProgress> = {}): JobProgress {
  return { phase: 'receiving', fraction: undefined, bytes: 0, files: 0, rate: undefined, remaining: undefined, domain: undefined, ...figures };
}

export function job(facts: Partial<JobState> = {}): JobState {
  return {
    id: 1,
    kind: 'backup',
    udid: '00008120-000A1B2C3D4E5F60',
    subject: "Anna's iPhone",
    isVirtual: false,
    started: now,
    progress: undefined,
    isCancelling: false,
    notices: [],
    waitingFor: undefined,
    ...facts,
  };
}
