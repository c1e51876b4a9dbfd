import type { DeviceSummary } from '../device/types.ts';
import type { Command } from './command.ts';
import { exitCode } from './exit-codes.ts';
import { formatBytes, formatTable, terminalText } from './format.ts';
import { commonHelp, commonOptions, readOptions } from './options.ts';
import { withSession } from './session.ts';

export const devicesCommand: Command = {
  name: 'devices',
  summary: 'List connected devices',
  help: `Usage: iphone-backup devices [options]

Lists connected devices with trust, encryption, battery and free space.

${commonHelp}`,
  async run(args, io) {
    const { values } = readOptions(args, commonOptions, 0);
    return await withSession(values, io, async (session) => {
      const devices = await session.engine.devices(io.signal);
      session.print({ devices }, devices.length === 0 ? 'No device is connected.' : formatTable(devices.map(row)));
      return exitCode.ok;
    });
  },
};

function row(device: DeviceSummary): string[] {
  return [
    device.udid,
    terminalText(device.name ?? '?', 40),
    terminalText(device.model ?? device.productType ?? '?', 40),
    device.iosVersion === undefined ? '?' : `iOS ${terminalText(device.iosVersion, 20)}`,
    device.connections.map((kind) => (kind === 'usb' ? 'USB' : 'Wi-Fi')).join('+'),
    trustWords[device.trust],
    device.encryption === 'unknown' ? '' : `encryption ${device.encryption}`,
    device.battery === undefined ? '' : `${device.battery} %`,
    device.dataAvailable === undefined ? '' : `${formatBytes(device.dataAvailable)} free`,
  ];
}

const trustWords: Readonly<Record<DeviceSummary['trust'], string>> = {
  trusted: 'trusted',
  'not-paired': 'not paired (run: iphone-backup pair)',
  'waiting-for-tap': 'waiting for Trust',
  denied: 'trust denied',
  forgotten: 'pairing forgotten (run: iphone-backup pair)',
  locked: 'locked: unlock it once',
  unknown: 'not answering',
};
