import type { DeviceSummary } from '../../device/types.ts';
import { needsPairing } from '../../shared/needs-pairing.ts';
import type { DeviceStatus } from '../../diagnosis/device-status.ts';
import { agoText, dateText, isOld } from './dates.ts';
import { deviceIdentity, deviceName, identityParts, trustText } from './device-words.ts';
import { jobFigures, jobShort } from './job-words.ts';
import type { JobState } from './job-state.ts';
import { plainText } from './plain-text.ts';
import { contextTokens, dotted } from './row.ts';
import type { Row, TooltipLine } from './row.ts';
import type { Wording } from './wording.ts';

/** What the tree knows of a device besides what the device tells. */
export interface DeviceSurroundings {
  readonly job: JobState | undefined;
  /** Newest backup in the library; `undefined` also while the history is not read yet. */
  readonly lastBackup: Date | undefined;
  readonly isHistoryKnown: boolean;
  /** Ready, or the gravest thing that stands in the way of a backup; `undefined` until somebody has looked. */
  readonly health: DeviceStatus | undefined;
}

export function deviceRow(device: DeviceSummary, around: DeviceSurroundings, w: Wording): Row {
  const name = deviceName(device, w);
  const description = around.job ? dotted(device.isVirtual && w.t('virtual'), jobShort(around.job, w)) : idleDescription(device, around, w);
  return {
    id: `device:${device.udid}`,
    label: name,
    description,
    icon: deviceIcon(device, around),
    context: contextTokens(
      'device',
      device.trust === 'trusted' ? 'trusted' : needsPairing(device) ? 'unpaired' : 'unreachable',
      around.job ? 'busy' : 'idle',
      device.encryption === 'on' ? 'encrypted' : 'plain',
      device.isVirtual ? 'virtual' : 'real',
    ),
    tooltip: deviceTooltip(device, around, w),
    fold: device.trust === 'trusted' ? 'open' : 'none',
    spoken: `${name}, ${description}`,
  };
}

function idleDescription(device: DeviceSummary, around: DeviceSurroundings, w: Wording): string {
  const trust = trustText(device.trust, w);
  if (trust !== undefined) return dotted(trust, deviceIdentity(device, w));
  const { virtual, rest } = identityParts(device, w);
  const isLocked = device.isLocked === true && around.health?.finding?.row !== 'phone.locked';
  return dotted(virtual, around.health && plainText(around.health.text, 60), rest, isLocked && w.t('locked'), lastBackupText(around, w));
}

/** `backed up 3 days ago`, `last backup 3 weeks ago, old`, `no backup yet`; nothing while the history is unknown. */
export function lastBackupText(around: DeviceSurroundings, w: Wording): string | undefined {
  if (!around.isHistoryKnown) return undefined;
  if (!around.lastBackup) return w.t('no backup yet');
  const ago = agoText(around.lastBackup, w);
  return isOld(around.lastBackup, w) ? w.t('last backup {ago}: old', { ago }) : w.t('backed up {ago}', { ago });
}

function deviceIcon(device: DeviceSummary, around: DeviceSurroundings): Row['icon'] {
  if (around.job) return { id: 'sync~spin' };
  if (around.health?.severity === 'blocker') return { id: 'error', color: 'list.errorForeground' };
  if (device.trust !== 'trusted') return { id: 'warning', color: 'list.warningForeground' };
  return { id: device.isVirtual ? 'vm' : 'device-mobile' };
}

function deviceTooltip(device: DeviceSummary, around: DeviceSurroundings, w: Wording): TooltipLine[] {
  const { t } = w;
  const lines: TooltipLine[] = [{ name: deviceName(device, w), value: deviceIdentity(device, w) }];
  if (device.isVirtual) lines.push({ name: t('Virtual iPhone'), value: t('a program on this computer, for trying out') });
  if (around.job) lines.push({ name: t('Now'), value: jobFigures(around.job, w) });
  const trust = trustText(device.trust, w);
  if (trust !== undefined) lines.push({ name: t('Trust'), value: trust });
  if (around.health && !around.job) lines.push({ name: t('Next backup'), value: plainText(around.health.text, 60) });
  if (around.lastBackup) lines.push({ name: t('Last backup'), value: dateText(around.lastBackup, w) });
  lines.push({ name: t('Identifier'), value: device.udid });
  return lines;
}
