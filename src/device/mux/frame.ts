import { asDict, readXmlPlist, writeXmlPlist, type PlistDict, type PlistLimits } from '../../plist/index.ts';
import { ConnectionError } from '../../shared/errors.ts';
import type { SocketReader, Wait } from '../link/socket-reader.ts';

const headerLength = 16;
const plistProtocol = 1;
const plistMessage = 8;

/** Lists of hundreds of devices and pair records with certificates stay far below. */
const limits: PlistLimits = { maxBytes: 4 << 20, maxValues: 100_000, maxDepth: 16 };

/** Frames one request: header of four u32 LE (whole length, version 1, message 8, tag), then an XML property list. */
export function encodeMuxFrame(message: PlistDict, tag: number): Buffer {
  const body = writeXmlPlist(message);
  const header = Buffer.alloc(headerLength);
  [headerLength + body.length, plistProtocol, plistMessage, tag].forEach((value, index) => header.writeUInt32LE(value, index * 4));
  return Buffer.concat([header, body]);
}

export interface MuxFrame {
  /** The tag of the request it answers; 0 for events. */
  readonly tag: number;
  readonly message: PlistDict;
}

/** Reads one frame and nothing after it. Throws `mux.protocol` for anything that is not a plist frame within the limits. */
export async function readMuxFrame(reader: SocketReader, wait: Wait): Promise<MuxFrame> {
  const header = await reader.read(headerLength, wait);
  const length = header.readUInt32LE(0);
  if (header.readUInt32LE(4) !== plistProtocol || header.readUInt32LE(8) !== plistMessage) {
    throw muxProtocolError('The muxer does not speak the plist protocol');
  }
  if (length <= headerLength || length > limits.maxBytes) throw muxProtocolError(`The muxer announced a message of ${length} bytes`);
  const body = await reader.read(length - headerLength, wait);
  return { tag: header.readUInt32LE(12), message: parseMessage(body) };
}

function parseMessage(body: Buffer): PlistDict {
  try {
    const message = asDict(readXmlPlist(body, limits));
    if (message) return message;
  } catch (error) {
    throw muxProtocolError('The muxer sent a malformed property list', error);
  }
  throw muxProtocolError('The muxer sent a property list that is not a dictionary');
}

export function muxProtocolError(message: string, cause?: unknown): ConnectionError {
  return new ConnectionError('mux.protocol', message, { cause });
}
