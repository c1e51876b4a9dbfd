import { asDict, readPlist, writeXmlPlist, type PlistDict } from '../../plist/index.ts';

/** Header of the plist protocol: length (whole packet), version, message, tag; each four bytes, little endian. */
export const headerLength = 16;
export const plistVersion = 1;
export const plistMessage = 8;
/** Of the binary protocol: the answer to versions that the muxer does not speak. */
const binaryResult = 1;
const maxLength = 1 << 20;

export interface MuxPacket {
  readonly version: number;
  readonly message: number;
  readonly tag: number;
  readonly payload: Buffer;
}

/** The first packet of `bytes` and what follows it; `undefined` while it is incomplete. Throws for a length that cannot be. */
export function readPacket(bytes: Buffer): { packet: MuxPacket; rest: Buffer } | undefined {
  if (bytes.length < headerLength) return undefined;
  const length = bytes.readUInt32LE(0);
  if (length < headerLength || length > maxLength) throw new RangeError(`A muxer packet cannot have ${length} bytes`);
  if (bytes.length < length) return undefined;
  const packet = {
    version: bytes.readUInt32LE(4),
    message: bytes.readUInt32LE(8),
    tag: bytes.readUInt32LE(12),
    payload: bytes.subarray(headerLength, length),
  };
  return { packet, rest: bytes.subarray(length) };
}

/** The request in a packet; `undefined` when it is not a property list with a dictionary. */
export function readRequest(packet: MuxPacket): PlistDict | undefined {
  try {
    return asDict(readPlist(packet.payload, { maxBytes: maxLength, maxValues: 10_000, maxDepth: 16 }));
  } catch {
    return undefined;
  }
}

/** Header and XML in one buffer: libusbmuxd reads the header with a single call, and its replies as XML only. */
export function writePacket(value: PlistDict, tag: number): Buffer {
  const payload = writeXmlPlist(value);
  return Buffer.concat([header(payload.length, plistVersion, plistMessage, tag), payload]);
}

/** A result of the binary protocol, for clients of another version. */
export function writeBinaryResult(result: number, tag: number): Buffer {
  const payload = Buffer.alloc(4);
  payload.writeUInt32LE(result);
  return Buffer.concat([header(payload.length, 0, binaryResult, tag), payload]);
}

function header(payloadLength: number, version: number, message: number, tag: number): Buffer {
  const bytes = Buffer.alloc(headerLength);
  bytes.writeUInt32LE(headerLength + payloadLength, 0);
  bytes.writeUInt32LE(version, 4);
  bytes.writeUInt32LE(message, 8);
  bytes.writeUInt32LE(tag, 12);
  return bytes;
}
