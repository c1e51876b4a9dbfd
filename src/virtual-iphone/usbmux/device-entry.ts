import type { Socket } from 'node:net';
import type { PlistDict } from '../../plist/index.ts';
import type { VirtualPhone } from '../phone.ts';
import type { NetworkSide } from './network-side.ts';

export type ConnectionType = 'USB' | 'Network';

/** One line of the device list: a phone over one kind of connection. */
export interface DeviceEntry {
  readonly id: number;
  readonly phone: VirtualPhone;
  readonly connection: ConnectionType;
  /** Where the phone is in the local network; for Network entries. */
  readonly address: string;
  readonly side: NetworkSide | undefined;
  /** Open connections through this entry; they end with it. */
  readonly sockets: Set<Socket>;
}

const iPhoneProductId = 0x12a8;
const usb2Speed = 480_000_000;

/** The event that tells of a device, and its place in the device list. */
export function attachedMessage(entry: DeviceEntry): PlistDict {
  const extra = entry.phone.moods.unknownKeys ? { UnknownFutureKey: 'unknown' } : {};
  return { DeviceID: entry.id, MessageType: 'Attached', Properties: { ...properties(entry), ...extra } };
}

function properties(entry: DeviceEntry): PlistDict {
  const { udid } = entry.phone.identity;
  // Hosts put the dash back into a serial of exactly 24 characters.
  const common = { ConnectionType: entry.connection, DeviceID: entry.id, SerialNumber: udid.replace('-', ''), UDID: udid };
  return entry.connection === 'USB' ? { ...common, ...usbProperties(entry) } : { ...common, ...networkProperties(entry) };
}

function usbProperties(entry: DeviceEntry): PlistDict {
  return {
    ConnectionSpeed: usb2Speed,
    LocationID: 0x10000 + entry.id,
    ProductID: iPhoneProductId,
    USBSerialNumber: entry.phone.identity.udid.replace('-', ''),
  };
}

function networkProperties(entry: DeviceEntry): PlistDict {
  return {
    EscapedFullServiceName: `${entry.phone.identity.wifiAddress}@fe80::1._apple-mobdev2._tcp.local.`,
    InterfaceIndex: 1,
    NetworkAddress: socketAddress(entry.address),
  };
}

/** BSD `sockaddr_in`: byte 0 is the length, byte 1 the family (2 = IPv4), then port and address, big endian. */
function socketAddress(address: string): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.set([16, 2, 0, 0, ...address.split('.').map(Number)]);
  return bytes;
}
