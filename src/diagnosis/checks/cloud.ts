import type { Diagnosed } from '../../shared/diagnosis-report.ts';
import { found, type Check } from './check.ts';
import { wholeSize } from './computer.ts';
import { nightlyConditions, type NightlyConditions } from './conditions.ts';

const second = 1000;
const day = 24 * 3600 * second;
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
    if (!phone || !summary) return undefined;
    if (summary.cloudBackupEnabled === false) return [found('cloud.off')];
    const needed = await wholeSize(ports);
    const days = summary.lastCloudBackup ? Math.floor((now.getTime() - summary.lastCloudBackup.getTime()) / day) : undefined;
    const conditions = await nightlyConditions(ports, phone, needed);
    const last = summary.lastCloudBackup?.toISOString().slice(0, 10);
    const figures = { ...(days === undefined ? {} : { days }), ...(needed === undefined ? {} : { needed }), ...(last === undefined ? {} : { last }) };
    return judged(conditions, figures);
  },
};

export const cloudChecks: readonly Check[] = [cloud];

/**
 * The checklist stands in one finding only: in what it explains, or in one of its own. A device that tells nothing of iCloud
 * gets it too, with what could not be found out; that nothing starts now is said only of a backup that is on.
 */
function judged(conditions: NightlyConditions, figures: { readonly days?: number; readonly needed?: number; readonly last?: string }): Diagnosed[] {
  const facts = { ...conditions, ...figures };
  const isLate = (figures.days ?? 0) > staleAfter;
  if (isLate && conditions.fits !== 'no') return [found('cloud.stale', facts)];
  const size = conditions.fits === 'no' ? [found(isLate ? 'cloud.no-space' : 'cloud.too-large', { ...figures })] : [];
  const isOn = conditions.cloud === 'yes' || figures.last !== undefined;
  return [...size, found(isOn && conditions.power === 'no' ? 'cloud.not-now' : 'cloud.nightly', facts)];
}
