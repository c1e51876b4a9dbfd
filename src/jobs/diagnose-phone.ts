import { X509Certificate } from 'node:crypto';
import type { PhonePort } from '../diagnosis/checks/ports.ts';
import { openDevice, readDeviceSummary, type DeviceConnection } from '../device/index.ts';
import { asBoolean, asDict, asNumber } from '../plist/index.ts';
import { DeviceError } from '../shared/errors.ts';
import { once } from './once.ts';

interface Where {
  readonly udid: string;
  readonly muxer: string | undefined;
  readonly signal: AbortSignal;
}

/** One device for the checks; its session is opened when the first of them needs it. */
export function phonePort(where: Where): PhonePort & { close(): Promise<void> } {
  const { udid, muxer, signal } = where;
  let isOpened = false;
  const connect = once(async () => {
    isOpened = true;
    return await openDevice(udid, { muxer, signal });
  });
  return {
    udid,
    open: async () => ({ pairedOn: pairedOn(await connect()) }),
    summary: once(() => readDeviceSummary(udid, { muxer, signal })),
    onPower: async () => await onPower(await connect()),
    clockOffset: async () => clockOffset(await connect()),
    close: async () => {
      if (isOpened) await connect().then((device) => device.close(), () => undefined);
    },
  };
}

/** Each pairing makes new certificates: their first day is its date, to a day. */
function pairedOn({ record }: DeviceConnection): Date | undefined {
  try {
    return new X509Certificate(record.hostCertificate).validFromDate;
  } catch {
    return undefined;
  }
}

/** A full battery does not charge, though it is on power. */
async function onPower(device: DeviceConnection): Promise<boolean | undefined> {
  const battery = asDict(await device.getValue('com.apple.mobile.battery').catch(ignoreRefusal));
  return asBoolean(battery?.['ExternalConnected']) ?? asBoolean(battery?.['BatteryIsCharging']);
}

function ignoreRefusal(error: unknown): undefined {
  if (!(error instanceof DeviceError)) throw error;
}

async function clockOffset(device: DeviceConnection): Promise<number | undefined> {
  const seconds = asNumber(await device.getValue(undefined, 'TimeIntervalSince1970'));
  return seconds === undefined ? undefined : seconds * 1000 - Date.now();
}
