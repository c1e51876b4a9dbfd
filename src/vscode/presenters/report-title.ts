import type { DeviceSummary } from '../../device/types.ts';
import { deviceName } from './device-words.ts';
import type { Wording } from './wording.ts';

export interface ReportSubject {
  readonly devices: readonly DeviceSummary[];
  /** The device that was asked about; `undefined` for all. */
  readonly udid: string | undefined;
}

export function reportTitle({ devices, udid }: ReportSubject, w: Wording): string {
  return udid === undefined ? w.t('Backup Diagnosis') : w.t('Diagnosis: {device}', { device: knownName(udid, devices, w) });
}

/** A device that is not connected any more is known by the end of its identifier. */
export function knownName(udid: string, devices: readonly DeviceSummary[], w: Wording): string {
  const device = devices.find((each) => each.udid === udid);
  return device ? deviceName(device, w) : `…${udid.slice(-4)}`;
}
