import type { DeviceSummary } from '../../device/types.ts';
import type { Diagnosed } from '../../shared/diagnosis-report.ts';
import { found, type Check } from './check.ts';
import { lastWhole, usedBytes } from './computer.ts';

const second = 1000;
const day = 24 * 3600 * second;
/** Bytes that every account has for nothing. */
const freePlan = 5_000_000_000;
/** Nightly backups that have not come for so many days do not come. */
const staleAfter = 7;

const cloud: Check = {
  id: 'cloud',
  group: 'cloud',
  title: 'iCloud Backup',
  good: 'iCloud Backup is on and up to date, as far as the device tells.',
  deadline: 20 * second,
  after: 'values',
  run: async (ports) => {
    const { phone, now } = ports;
    const summary = await phone?.summary();
    if (!summary || (summary.cloudBackupEnabled === undefined && summary.lastCloudBackup === undefined)) return undefined;
    if (summary.cloudBackupEnabled === false) return [found('cloud.off')];
    const needed = (await lastWhole(ports))?.size ?? usedBytes(summary) ?? 0;
    const days = summary.lastCloudBackup ? Math.floor((now.getTime() - summary.lastCloudBackup.getTime()) / day) : undefined;
    return [...late(days, needed), ...(needed > freePlan ? [found('cloud.too-large', { needed })] : []), ...conditions(summary)];
  },
};

export const cloudChecks: readonly Check[] = [cloud];

function late(days: number | undefined, needed: number): Diagnosed[] {
  if (days === undefined || days <= staleAfter) return [];
  return [needed > freePlan ? found('cloud.no-space', { days, needed }) : found('cloud.stale', { days })];
}

/** What of the nightly conditions can be seen from here. */
const conditions = ({ isCharging }: DeviceSummary): Diagnosed[] => (isCharging === false ? [found('cloud.not-now')] : []);
