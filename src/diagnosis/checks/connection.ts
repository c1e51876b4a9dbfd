import type { Diagnosed } from '../../shared/diagnosis-report.ts';
import { ConnectionError } from '../../shared/errors.ts';
import { found, foundByError, type Check } from './check.ts';
import { entriesSoon, summarySoon, usedBytes } from './computer.ts';
import { pairingLasts } from './conditions.ts';
import type { CheckPorts } from './ports.ts';
import { carriedBy, fastSpeedOf, usb } from './usb-speed.ts';

const second = 1000;
const day = 24 * 3600 * second;
/** Bytes on the device from which on a faster cable saves minutes. */
const muchData = 32_000_000_000;
/** Bytes from which on a run tells the speed of a cable. Between the changes that it sends, a device looks through the rest. */
const tellingSize = { full: 16 << 20, other: 128 << 20 } as const;
/** Small files come at a fifth of the speed of large ones, seldom at a tenth. */
const slowPart = 12;

const muxer: Check = {
  id: 'muxer',
  group: 'connection',
  title: 'iPhone service of this computer',
  good: 'The service that talks to iPhones answers.',
  deadline: 12 * second,
  run: async (ports) => {
    try {
      await ports.attachments();
      return [];
    } catch (error) {
      return isSilence(error) ? [found('muxer.hangs')] : foundByError(error);
    }
  },
};

const device: Check = {
  id: 'device',
  group: 'connection',
  title: 'Device',
  good: 'A device is connected.',
  deadline: 12 * second,
  after: 'muxer',
  run: async (ports) => {
    const attached = await ports.attachments();
    if (ports.phone && attached.some(({ udid }) => udid === ports.phone?.udid)) return [];
    if (attached.length > 0 && !ports.phone) return [];
    if (attached.length === 0 && (await ports.usbDevices().catch(() => 0))) return [found('muxer.no-access')];
    return [found(ports.phone && attached.length > 0 ? 'device.gone' : 'device.none')];
  },
};

const trust: Check = {
  id: 'trust',
  group: 'connection',
  title: 'Trust',
  good: 'The device trusts this computer.',
  deadline: 20 * second,
  after: 'device',
  run: async ({ phone }) => {
    if (!phone) return undefined;
    try {
      await phone.open();
      return [];
    } catch (error) {
      return foundByError(error);
    }
  },
};

const connection: Check = {
  id: 'connection',
  group: 'connection',
  title: 'Cable or Wi-Fi',
  good: 'The device is connected by cable.',
  deadline: 20 * second,
  after: 'trust',
  run: async ({ phone, now, attachments }) => {
    if (!phone || (await attachments()).some(({ udid, connection }) => udid === phone.udid && connection === 'usb')) return [];
    const { pairedOn } = await phone.open();
    const days = pairedOn ? Math.floor((now.getTime() - pairedOn.getTime()) / day) : 0;
    return [...(days > pairingLasts ? [found('wifi.pairing-old', { days })] : []), found('wifi.only')];
  },
};

const speed: Check = {
  id: 'speed',
  group: 'connection',
  title: 'Speed of the cable',
  good: 'Port and earlier backups are as fast as they should be.',
  deadline: 10 * second,
  after: 'device',
  run: async (ports) => {
    const { phone, attachments } = ports;
    const port = (await attachments()).find(({ udid, connection }) => udid === phone?.udid && connection === 'usb');
    if (!phone || !port) return undefined;
    const negotiated = (await ports.portSpeed(phone.udid).catch(() => undefined)) ?? port.speed;
    if (negotiated !== undefined && negotiated <= usb.first) return [found('cable.usb1', { megabits: negotiated / 1e6 })];
    return [...slowRuns(await telling(ports), negotiated ?? usb.second), ...(await slowCable(ports, negotiated))];
  },
};

export const connectionChecks: readonly Check[] = [muxer, device, trust, connection, speed];

/** The newest run of any kind that moved enough by cable. Its whole duration tells nothing: somebody may have searched for the passcode. */
async function telling(ports: CheckPorts): Promise<number | undefined> {
  const rates = (await entriesSoon(ports)).map(({ kind, transfer }) => {
    const { bytes = 0, connection, seconds = 0 } = transfer ?? {};
    const isTelling = connection === 'usb' && seconds > 0 && bytes >= (kind === 'full' ? tellingSize.full : tellingSize.other);
    return isTelling ? bytes / seconds : undefined;
  });
  return rates.find((rate) => rate !== undefined);
}

/** `rate` in bytes a second, of the newest run that tells. */
function slowRuns(rate: number | undefined, negotiated: number): Diagnosed[] {
  if (rate === undefined) return [];
  // Small files come at the phone's own pace, whatever a faster port could carry.
  const carried = Math.min(carriedBy(negotiated), carriedBy(usb.second));
  return rate < carried / slowPart ? [found('cable.slow', { rate: Math.round(rate), carried, megabits: negotiated / 1e6 })] : [];
}

/** Worth a word where it saves minutes: the device can do more than the cable between. */
async function slowCable(ports: CheckPorts, negotiated: number | undefined): Promise<Diagnosed[]> {
  const summary = await summarySoon(ports);
  const able = fastSpeedOf(summary?.productType);
  if (able === undefined || negotiated !== usb.second || (usedBytes(summary) ?? 0) < muchData) return [];
  return [found('cable.usb2', { megabits: negotiated / 1e6, able: able / 1e9 })];
}

/** The muxer took the connection and said nothing. */
const isSilence = (error: unknown): boolean =>
  error instanceof ConnectionError && (error.code === 'link.silent' || (error.cause instanceof ConnectionError && error.cause.code === 'link.silent'));
