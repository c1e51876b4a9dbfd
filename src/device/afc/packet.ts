import { DataError } from '../../shared/errors.ts';

/** Operations that hosts and phones exchange here. */
export const afcOperation = {
  status: 1,
  data: 2,
  readDirectory: 3,
  remove: 8,
  makeDirectory: 9,
  getFileInfo: 10,
  getDeviceInfo: 11,
  open: 13,
  openResult: 14,
  read: 15,
  write: 16,
  seek: 17,
  close: 20,
  rename: 24,
  lock: 27,
  removeTree: 34,
} as const;

export type AfcOperation = (typeof afcOperation)[keyof typeof afcOperation];

export const afcHeaderLength = 40;

const magic = Buffer.from('CFA6LPAA', 'latin1');

/** Phones send listings and file data; nobody asks for as much at once. */
const maxLength = 8 << 20;

export interface AfcHeader {
  /** Bytes after the header. */
  readonly bodyLength: number;
  /** Bytes of `bodyLength` that belong to the operation; the rest is payload. */
  readonly dataLength: number;
  readonly number: bigint;
  readonly operation: number;
}

/** Header (magic, whole length, length without payload, number, operation: u64 LE), operation data, payload. */
export function encodeAfcPacket(operation: AfcOperation, number: bigint, data: Buffer, payload: Buffer = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(afcHeaderLength);
  magic.copy(header);
  const withoutPayload = BigInt(afcHeaderLength + data.length);
  const fields = [withoutPayload + BigInt(payload.length), withoutPayload, number, BigInt(operation)];
  fields.forEach((field, index) => header.writeBigUInt64LE(field, 8 + index * 8));
  return Buffer.concat([header, data, payload]);
}

/** Throws `data.frame` for anything that is no AFC header within the limits. */
export function parseAfcHeader(header: Buffer): AfcHeader {
  const whole = header.readBigUInt64LE(8);
  const withoutPayload = header.readBigUInt64LE(16);
  const isSound = header.subarray(0, 8).equals(magic) && withoutPayload >= BigInt(afcHeaderLength) && withoutPayload <= whole;
  if (!isSound || whole > BigInt(maxLength)) throw new DataError('data.frame', 'The device sent a malformed AFC packet');
  return {
    bodyLength: Number(whole) - afcHeaderLength,
    dataLength: Number(withoutPayload) - afcHeaderLength,
    number: header.readBigUInt64LE(24),
    operation: Number(header.readBigUInt64LE(32) & 0xffffffffn),
  };
}

/** One or more u64 LE in a row. */
export function u64(...values: readonly bigint[]): Buffer {
  const bytes = Buffer.alloc(values.length * 8);
  values.forEach((value, index) => bytes.writeBigUInt64LE(value, index * 8));
  return bytes;
}

/** A path as AFC carries it, with its NUL. Throws `data.path` for one that holds a NUL itself. */
export function pathBytes(...paths: readonly string[]): Buffer {
  if (paths.some((path) => path.includes('\0') || path === '')) throw new DataError('data.path', 'Not a path on the device');
  return Buffer.from(paths.map((path) => `${path}\0`).join(''), 'utf8');
}

/** Names that each end with NUL. */
export function parseNames(bytes: Buffer): string[] {
  const names = bytes.toString('utf8').split('\0');
  if (names.at(-1) === '') names.pop();
  return names;
}

/** Keys and values in turn, each ending with NUL. Throws `data.frame` when one has no partner. */
export function parsePairs(bytes: Buffer): Map<string, string> {
  const names = parseNames(bytes);
  if (names.length % 2 !== 0) throw new DataError('data.frame', 'The device sent a key without a value');
  const pairs = new Map<string, string>();
  for (let index = 0; index < names.length; index += 2) pairs.set(names[index] ?? '', names[index + 1] ?? '');
  return pairs;
}
