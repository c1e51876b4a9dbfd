import { asData, emptyDict } from '../../plist/index.ts';
import { DeviceError } from '../../shared/errors.ts';
import type { DeviceConnection } from '../connection.ts';
import { PlistChannel } from '../link/plist-channel.ts';

const serviceName = 'com.apple.springboardservices';
const timeout = 10_000;
const maxIcon = 1 << 20;
const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** The home-screen icons of apps as PNG, by bundle id; apps without one, or a phone without the service, are simply missing. */
export async function readIcons(device: DeviceConnection, bundleIds: readonly string[]): Promise<Map<string, Buffer>> {
  const icons = new Map<string, Buffer>();
  if (bundleIds.length === 0) return icons;
  const channel = await open(device);
  if (!channel) return icons;
  try {
    for (const bundleId of bundleIds) {
      const reply = await channel.ask(Object.assign(emptyDict(), { command: 'getIconPNGData', bundleId }), timeout);
      const icon = asData(reply['pngData']);
      if (icon && icon.length <= maxIcon && icon.subarray(0, 8).equals(pngSignature)) icons.set(bundleId, icon);
    }
    return icons;
  } finally {
    channel.close();
  }
}

async function open(device: DeviceConnection): Promise<PlistChannel | undefined> {
  try {
    const socket = await device.startService(serviceName);
    return new PlistChannel(socket, { flavour: 'binary', maxBytes: 4 << 20, signal: device.signal });
  } catch (error) {
    if (error instanceof DeviceError) return undefined;
    throw error;
  }
}
