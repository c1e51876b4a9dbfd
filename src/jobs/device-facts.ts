import type { DeviceConnection } from '../device/index.ts';
import { asDict, asString, emptyDict } from '../plist/index.ts';

/** What the history says of a device. */
export interface DeviceFacts {
  readonly deviceName: string;
  readonly productType: string | undefined;
  readonly iosVersion: string | undefined;
}

const maxName = 255;

export async function readDeviceFacts(device: DeviceConnection): Promise<DeviceFacts> {
  const values = asDict(await device.getValue()) ?? emptyDict();
  const text = (key: string): string | undefined => asString(values[key])?.slice(0, maxName);
  return { deviceName: text('DeviceName') ?? device.udid, productType: text('ProductType'), iosVersion: text('ProductVersion') };
}
