import { asNumber } from '../../plist/index.ts';
import type { DeviceConnection } from '../connection.ts';

/** No phone's clock stands outside of these years when it is set. */
const years = { from: Date.UTC(2010, 0) / 1000, to: Date.UTC(2100, 0) / 1000 } as const;

/** The phone's clock; `undefined` when it does not tell, or tells what cannot be. */
export async function readPhoneTime(device: DeviceConnection): Promise<Date | undefined> {
  const seconds = asNumber(await device.getValue(undefined, 'TimeIntervalSince1970'));
  return seconds !== undefined && seconds >= years.from && seconds < years.to ? new Date(seconds * 1000) : undefined;
}
