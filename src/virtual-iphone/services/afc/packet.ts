import type { ByteReader } from '../byte-reader.ts';
import { AfcError, afcOperation, afcStatus } from './codes.ts';

/** Magic, then entire length, length without the payload, packet number and operation: each eight bytes, little endian. */
const headerLength = 40;
const magic = 'CFA6LPAA';
const maxPacket = 64 << 20;

export interface AfcRequest {
  readonly number: bigint;
  readonly operation: number;
  /** What belongs to the header: handles, paths. */
  readonly data: Buffer;
  /** Bytes to be written. */
  readonly payload: Buffer;
}

/** The next request; `undefined` at the end of the stream or when it lost its step. */
export async function readRequest(reader: ByteReader): Promise<AfcRequest | undefined> {
  const header = await reader.read(headerLength);
  if (!header || header.toString('latin1', 0, 8) !== magic) return undefined;
  const entire = Number(header.readBigUInt64LE(8));
  const own = Number(header.readBigUInt64LE(16));
  if (own < headerLength || own > entire || entire > maxPacket) return undefined;
  const body = await reader.read(entire - headerLength);
  if (!body) return undefined;
  const split = own - headerLength;
  return {
    number: header.readBigUInt64LE(24),
    operation: Number(header.readBigUInt64LE(32)),
    data: body.subarray(0, split),
    payload: body.subarray(split),
  };
}

/** A reply with the number of its request; hosts refuse any other. Header and data travel in one buffer. */
export function writeReply(number: bigint, operation: number, data: Buffer): Buffer {
  const packet = Buffer.alloc(headerLength + data.length);
  packet.write(magic, 'latin1');
  packet.writeBigUInt64LE(BigInt(packet.length), 8);
  // Bytes of a file are payload; everything else belongs to the header.
  packet.writeBigUInt64LE(BigInt(operation === afcOperation.data ? headerLength : packet.length), 16);
  packet.writeBigUInt64LE(number, 24);
  packet.writeBigUInt64LE(BigInt(operation), 32);
  data.copy(packet, headerLength);
  return packet;
}

/** An unsigned 64-bit number. */
export function number64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

/** The unsigned number at `offset` of a request's data. */
export function numberAt(data: Buffer, offset: number): number {
  if (data.length < offset + 8) throw new AfcError(afcStatus.invalidArgument);
  return Number(data.readBigUInt64LE(offset));
}

/** Strings that end with NUL, from `offset` on; a last one without NUL counts as well. */
export function stringsAt(data: Buffer, offset = 0): string[] {
  const parts = data.subarray(offset).toString('utf8').split('\0');
  if (parts.at(-1) === '') parts.pop();
  return parts;
}

/** Strings with a NUL after each. */
export function stringList(strings: readonly string[]): Buffer {
  return Buffer.from(strings.map((text) => `${text}\0`).join(''), 'utf8');
}
