import { ConnectionError } from '../../shared/errors.ts';
import { lastWhole } from './computer.ts';
import { found, foundByError, type Check } from './check.ts';

const second = 1000;
const day = 24 * 3600 * second;
/** A device without contact by cable for longer may refuse Wi-Fi. */
const oldPairing = 30;
/** Bits a second of the first USB; the next step is 480 Mbit/s. */
const slowestUsb = 12_000_000;
/** A full backup tells the speed of a cable only when it is large enough. */
const tellingSize = 16 << 20;
/** Bytes a second; USB 2 carries 35 to 48 MB/s of large files and some 5 to 20 MB/s of small ones. */
const slowRate = 3_000_000;

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
    return [...(days > oldPairing ? [found('wifi.pairing-old', { days })] : []), found('wifi.only')];
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
    if (!port) return undefined;
    if (port.speed !== undefined && port.speed <= slowestUsb) return [found('cable.usb1', { megabits: port.speed / 1e6 })];
    const last = await lastWhole(ports);
    const isTelling = last?.kind === 'full' && last.size >= tellingSize && last.transfer?.connection !== 'network';
    const rate = isTelling && last.duration ? last.size / last.duration : undefined;
    return rate !== undefined && rate < slowRate ? [found('cable.slow', { rate })] : [];
  },
};

export const connectionChecks: readonly Check[] = [muxer, device, trust, connection, speed];

/** The muxer took the connection and said nothing. */
const isSilence = (error: unknown): boolean =>
  error instanceof ConnectionError && (error.code === 'link.silent' || (error.cause instanceof ConnectionError && error.cause.code === 'link.silent'));
