import { asDict, emptyDict, type PlistDict } from '../../plist/index.ts';
import { sizeOf } from './border.ts';
import type { DeviceConnection } from '../connection.ts';

/** What a phone says about its storage, in bytes; what it does not tell, or tells absurdly, is `undefined`. */
export interface DiskUsage {
  readonly dataCapacity: number | undefined;
  /** Data that is there, purgeable data included, without what the system keeps back. */
  readonly used: number | undefined;
  /** Voice mail, the one kind that current phones still count and that a backup holds as it is. */
  readonly voicemail: number | undefined;
}

/** Reads the live figures. Throws `lockdown.<Error>` when the phone refuses. */
export async function readDiskUsage(device: DeviceConnection): Promise<DiskUsage> {
  return parseDiskUsage(asDict(await device.getValue('com.apple.disk_usage')) ?? emptyDict());
}

export function parseDiskUsage(values: PlistDict): DiskUsage {
  const dataCapacity = sizeOf(values['TotalDataCapacity']);
  const available = sizeOf(values['AmountDataAvailable']) ?? sizeOf(values['TotalDataAvailable']);
  const reserved = sizeOf(values['AmountDataReserved']) ?? 0;
  const used = dataCapacity === undefined || available === undefined ? undefined : dataCapacity - available - reserved;
  return { dataCapacity, used: used === undefined || used < 0 ? undefined : used, voicemail: sizeOf(values['VoicemailUsage']) };
}
