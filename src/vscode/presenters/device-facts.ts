import type { DeviceSummary } from '../../device/types.ts';
import { agoText, isOld } from './dates.ts';
import type { DeviceSurroundings } from './device-row.ts';
import { percentText, sizeText } from './figures.ts';
import type { DeviceFact } from './nodes.ts';
import { contextTokens, dotted } from './row.ts';
import type { Row } from './row.ts';
import type { Wording } from './wording.ts';

interface FactWords {
  readonly label: string;
  readonly value: string;
  readonly icon: Row['icon'];
}

type FactPresenter = (device: DeviceSummary, around: DeviceSurroundings, w: Wording) => FactWords | undefined;

const warning = 'list.warningForeground';

const presenters: Readonly<Record<DeviceFact, FactPresenter>> = {
  'last-backup': (_, around, w) => {
    const label = w.t('Last backup');
    if (!around.isHistoryKnown) return undefined;
    if (!around.lastBackup) return { label, value: w.t('none yet'), icon: { id: 'circle-slash' } };
    const ago = agoText(around.lastBackup, w);
    if (isOld(around.lastBackup, w)) return { label, value: w.t('{ago}: time for a new one', { ago }), icon: { id: 'warning', color: warning } };
    return { label, value: ago, icon: { id: 'history' } };
  },
  encryption: ({ encryption, requiresEncryption }, _, w) => {
    if (encryption === 'unknown') return undefined;
    if (encryption === 'on') return { label: w.t('Backup encryption'), value: w.t('on'), icon: { id: 'lock' } };
    const value = requiresEncryption === true ? w.t('off, but a profile demands it') : w.t('off: no passwords, Health or call history in backups');
    return { label: w.t('Backup encryption'), value, icon: { id: 'unlock' } };
  },
  trust: (device, _, w) => (device.trust === 'trusted' ? { label: w.t('Trust'), value: w.t('trusts this computer'), icon: { id: 'shield' } } : undefined),
  lock: ({ isLocked }, _, w) => {
    if (isLocked === undefined) return undefined;
    return isLocked
      ? { label: w.t('Screen'), value: w.t('locked'), icon: { id: 'lock-small' } }
      : { label: w.t('Screen'), value: w.t('unlocked'), icon: { id: 'device-mobile' } };
  },
  battery: ({ battery, isCharging }, _, w) => {
    if (battery === undefined) return undefined;
    const value = dotted(percentText(battery / 100, w), isCharging === true && w.t('charging'));
    return { label: w.t('Battery'), value, icon: battery < 20 && isCharging !== true ? { id: 'warning', color: warning } : { id: 'plug' } };
  },
  storage: ({ dataCapacity, dataAvailable, capacity }, _, w) => {
    const total = capacity ?? dataCapacity;
    if (total === undefined || dataCapacity === undefined || dataAvailable === undefined) return undefined;
    const value = w.t('{used} used of {total}', { used: sizeText(Math.max(0, dataCapacity - dataAvailable), w), total: sizeText(total, w) });
    return { label: w.t('Storage'), value, icon: { id: 'database' } };
  },
  cloud: ({ cloudBackupEnabled, lastCloudBackup }, _, w) => {
    if (cloudBackupEnabled === undefined) return undefined;
    const last = lastCloudBackup && w.t('last {ago}', { ago: agoText(lastCloudBackup, w) });
    return { label: w.t('iCloud backup'), value: dotted(cloudBackupEnabled ? w.t('on') : w.t('off'), last), icon: { id: 'cloud' } };
  },
};

/** The facts that this device has told, in the order of the tree. */
export function deviceFacts(device: DeviceSummary, around: DeviceSurroundings, w: Wording): DeviceFact[] {
  const facts = Object.keys(presenters) as DeviceFact[];
  return facts.filter((fact) => presenters[fact](device, around, w) !== undefined);
}

export function factRow(device: DeviceSummary, fact: DeviceFact, around: DeviceSurroundings, w: Wording): Row {
  const { label, value, icon } = presenters[fact](device, around, w) ?? { label: '', value: '', icon: { id: 'question' } };
  return {
    id: `device:${device.udid}:${fact}`,
    label,
    description: value,
    icon,
    context: contextTokens('fact', fact),
    tooltip: [{ name: label, value }],
    fold: 'none',
    spoken: `${label}: ${value}`,
  };
}
