import type { DeviceSummary } from '../device/types.ts';
import type { VerificationRecord } from '../library/types.ts';
import type { Finding } from '../shared/finding.ts';
import type { RestoreOptions } from './api.ts';
import { compareVersions } from './version.ts';

/** What a preflight looks at, of any backup: an entry of the library or a folder of another program. */
export interface BackupFacts {
  readonly deviceName: string;
  readonly udid: string;
  readonly deviceClass: string | undefined;
  readonly iosVersion: string | undefined;
  /** Sum of all content files, in bytes; `undefined` where it was not counted. */
  readonly size: number | undefined;
  readonly isEncrypted: boolean;
  readonly isFinished: boolean;
  /** A part of the data only. */
  readonly isCustom: boolean;
  /** Files that the manifest names and the folder lacks. */
  readonly missingFiles: number;
  readonly verification: VerificationRecord | undefined;
  /** Whether the given password opens it; `undefined` when none was given or none is needed. */
  readonly opens: boolean | undefined;
}

/** What the restore is asked to do beside putting the files back. */
type Wish = Pick<RestoreOptions, 'removeItemsNotRestored'>;

type Check = (backup: BackupFacts, device: DeviceSummary, wish: Wish) => Finding | undefined;

const finding = (code: string, severity: Finding['severity'], facts: Finding['facts'] = {}): Finding => ({ code, severity, facts });

/** Restoring a supervised phone erases it from this version on. */
const firstErasingIos = '27';
const lowBattery = 30;

const checks: readonly Check[] = [
  (backup) => (backup.isFinished ? undefined : finding('restore.incomplete', 'blocker')),
  (backup) => (backup.missingFiles > 0 ? finding('restore.missing-files', 'blocker', { count: backup.missingFiles }) : undefined),
  ({ isEncrypted, opens }) => (isEncrypted && opens === undefined ? finding('restore.password-missing', 'blocker') : undefined),
  ({ opens }) => (opens === false ? finding('restore.password-wrong', 'blocker') : undefined),
  // Everything that was left out of it would be deleted from the phone.
  ({ isCustom }, _, { removeItemsNotRestored }) => (isCustom && removeItemsNotRestored ? finding('restore.custom-removes', 'blocker') : undefined),
  (_, device) => (device.findMyEnabled === true ? finding('restore.find-my', 'blocker') : undefined),
  (_, device) => (device.setupDone === false ? finding('restore.setup-unfinished', 'blocker') : undefined),
  checkIosVersion,
  checkSpace,
  checkSupervision,
  (_, device) => (device.isLocked === true ? finding('restore.locked', 'warning') : undefined),
  ({ verification }) =>
    verification?.result === 'damaged' ? finding('restore.damaged', 'warning', { count: verification.damagedFiles }) : undefined,
  (_, device) => (isLow(device) ? finding('restore.battery', 'warning', { percent: device.battery ?? 0 }) : undefined),
  (_, device) => (device.connections.includes('usb') ? undefined : finding('restore.network', 'warning')),
  checkClass,
  (backup, device) => (backup.udid === device.udid ? undefined : finding('restore.other-device', 'info', { from: backup.deviceName })),
  (backup) => (backup.isEncrypted ? undefined : finding('restore.not-encrypted', 'info')),
  (backup) => (backup.isCustom ? finding('restore.custom', 'info') : undefined),
  (backup) => (backup.verification ? undefined : finding('restore.unverified', 'info')),
  (_, device) => (device.findMyEnabled === undefined ? finding('restore.find-my-unknown', 'info') : undefined),
];

/** Everything that speaks against a restore, what stops it first. */
export function restoreFindings(backup: BackupFacts, device: DeviceSummary, wish: Wish = { removeItemsNotRestored: false }): Finding[] {
  const found = checks.map((check) => check(backup, device, wish)).filter((result) => result !== undefined);
  const order = { blocker: 0, warning: 1, info: 2 };
  return found.toSorted((a, b) => order[a.severity] - order[b.severity]);
}

function checkIosVersion(backup: BackupFacts, device: DeviceSummary): Finding | undefined {
  if (backup.iosVersion === undefined || device.iosVersion === undefined) return undefined;
  const order = compareVersions(backup.iosVersion, device.iosVersion);
  const facts = { backup: backup.iosVersion, device: device.iosVersion };
  if (order > 0) return finding('restore.newer-ios', 'blocker', facts);
  return order < 0 ? finding('restore.older-ios', 'info', facts) : undefined;
}

function checkSpace(backup: BackupFacts, device: DeviceSummary): Finding | undefined {
  const [needed, free] = [backup.size, device.dataAvailable];
  if (needed === undefined || free === undefined) return undefined;
  const isSame = backup.udid === device.udid;
  if (needed <= free) return undefined;
  // On the same phone most of the data is there already and is replaced.
  return finding('restore.no-space', isSame || isWithinWhole(needed, device) ? 'warning' : 'blocker', { needed, free });
}

const isWithinWhole = (needed: number, device: DeviceSummary): boolean => device.dataCapacity !== undefined && needed < device.dataCapacity * 0.9;

function checkSupervision(_: BackupFacts, device: DeviceSummary): Finding | undefined {
  if (device.isSupervised !== true) return undefined;
  const ios = device.iosVersion ?? '';
  return compareVersions(ios, firstErasingIos) >= 0 ? finding('restore.supervised-erase', 'blocker', { ios }) : finding('restore.supervised', 'warning');
}

function checkClass(backup: BackupFacts, device: DeviceSummary): Finding | undefined {
  if (backup.deviceClass === undefined || device.deviceClass === undefined || backup.deviceClass === device.deviceClass) return undefined;
  return finding('restore.other-class', 'warning', { from: backup.deviceClass, to: device.deviceClass });
}

const isLow = (device: DeviceSummary): boolean => device.battery !== undefined && device.battery < lowBattery && device.isCharging !== true;
