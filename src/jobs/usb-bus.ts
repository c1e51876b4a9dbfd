import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckPorts } from '../diagnosis/checks/ports.ts';

const appleVendor = '05ac';
/** Where Linux tells of its USB devices, a folder each; other systems have no such place. */
const linuxBus = '/sys/bus/usb/devices';

/** The USB bus of this computer, as far as the system tells. */
export function usbBus(bus = process.platform === 'linux' ? linuxBus : undefined): Pick<CheckPorts, 'usbDevices' | 'portSpeed'> {
  return {
    usbDevices: async () => (bus === undefined ? undefined : (await mobileDevices(bus)).length),
    portSpeed: async (udid) => (bus === undefined ? undefined : await speedOf(bus, udid)),
  };
}

/** 12xx are iPhones, iPads and iPods; Apple's keyboards and hubs have other numbers. */
async function mobileDevices(bus: string): Promise<string[]> {
  const names = await readdir(bus).catch(() => []);
  const isMobile = async (name: string): Promise<boolean> =>
    (await attribute(bus, name, 'idVendor')) === appleVendor && (await attribute(bus, name, 'idProduct')).startsWith('12');
  const answers = await Promise.all(names.map(isMobile));
  return names.filter((_, index) => answers[index]);
}

/** The serial number of a device on the bus is its UDID without the dash; `speed` is in Mbit/s. */
async function speedOf(bus: string, udid: string): Promise<number | undefined> {
  const wanted = udid.replaceAll('-', '').toLowerCase();
  for (const name of await mobileDevices(bus)) {
    if ((await attribute(bus, name, 'serial')).replaceAll('-', '').toLowerCase() !== wanted) continue;
    const megabits = Number(await attribute(bus, name, 'speed'));
    return megabits > 0 && megabits < 1_000_000 ? megabits * 1e6 : undefined;
  }
  return undefined;
}

const attribute = (bus: string, name: string, what: string): Promise<string> => readFile(join(bus, name, what), 'ascii').then((text) => text.trim(), () => '');
