import { writeBinaryPlist } from '../../../plist/index.ts';
import type { PhoneItem } from '../../contract.ts';
import { buildTemplate, type RecordTemplate } from './record-template.ts';

/** What a file record has beside the facts of the file system. */
export interface RecordSecrets {
  /** 20 bytes, SHA-1 of the content. */
  readonly digest?: Buffer | undefined;
  /** 44 bytes: protection class (u32 LE) and the wrapped key. */
  readonly key?: Buffer | undefined;
}

const templates = new Map<number, RecordTemplate>();
const scratch = Buffer.alloc(64 << 10);

/**
 * The `file` blob of a Manifest.db row: an NSKeyedArchiver archive of an MBFile.
 *
 * Written by hand because a backup has up to 1.3 million of them: about two microseconds each.
 */
export function writeRecord(item: PhoneItem, secrets: RecordSecrets): Buffer {
  const attributes = item.extendedAttributes ? writeBinaryPlist({ ...item.extendedAttributes }) : undefined;
  const template = templateOf(item, secrets);
  const longest = template.head.length + 3 * item.path.length + 3 * (item.target?.length ?? 0) + (attributes?.length ?? 0) + 512;
  const out = longest > scratch.length ? Buffer.alloc(longest) : scratch;
  template.head.copy(out, 0);
  secrets.key?.copy(out, template.keyAt);
  secrets.digest?.copy(out, template.digestAt);
  return assemble(out, template, item, attributes);
}

/** Where key and digest lie in the record of `item`; -1 when it has none. */
export function secretsAt(item: PhoneItem, secrets: RecordSecrets): Pick<RecordTemplate, 'keyAt' | 'digestAt'> {
  return templateOf(item, secrets);
}

function templateOf(item: PhoneItem, secrets: RecordSecrets): RecordTemplate {
  const shape = {
    hasTarget: item.target !== undefined,
    hasDigest: secrets.digest !== undefined,
    hasKey: secrets.key !== undefined,
    hasAttributes: item.extendedAttributes !== undefined,
  };
  const id = Number(shape.hasTarget) | (Number(shape.hasDigest) << 1) | (Number(shape.hasKey) << 2) | (Number(shape.hasAttributes) << 3);
  let template = templates.get(id);
  if (!template) templates.set(id, (template = buildTemplate(shape)));
  return template;
}

const starts: number[] = [];

function assemble(out: Buffer, template: RecordTemplate, item: PhoneItem, attributes: Buffer | undefined): Buffer {
  starts.length = 0;
  let at = template.head.length;
  for (const value of [item.mode, item.inode, item.userId, item.groupId, item.modified, item.changed, item.born, item.size, item.protectionClass, item.flags]) {
    starts.push(at);
    at = writeNumber(out, at, value);
  }
  starts.push(at);
  at = writeText(out, at, item.path);
  if (item.target !== undefined) {
    starts.push(at);
    at = writeText(out, at, item.target);
  }
  if (attributes) {
    starts.push(at);
    at = writeMark(out, at, 0x40, attributes.length);
    at += attributes.copy(out, at);
  }
  return Buffer.from(out.subarray(0, writeEnd(out, at, template)));
}

/** Offset table (two bytes an entry, four for a huge path or attribute) and trailer. */
function writeEnd(out: Buffer, table: number, template: RecordTemplate): number {
  let at = table;
  const wide = table > 0xffff;
  const count = template.offsets.length / 2 + starts.length;
  if (wide) for (let i = 0; i < template.offsets.length; i += 2) at = out.writeUInt32BE(template.offsets.readUInt16BE(i), at);
  else at += template.offsets.copy(out, at);
  for (const start of starts) at = wide ? out.writeUInt32BE(start, at) : out.writeUInt16BE(start, at);
  out.fill(0, at, at + 32);
  out[at + 6] = wide ? 4 : 2;
  out[at + 7] = 1;
  out.writeUInt32BE(count, at + 12);
  out.writeUInt32BE(table, at + 28);
  return at + 32;
}

function writeNumber(out: Buffer, at: number, value: number): number {
  if (value < 0 || value > 0xffff_ffff) {
    out[at] = 0x13;
    return out.writeBigInt64BE(BigInt(value), at + 1);
  }
  if (value > 0xffff) {
    out[at] = 0x12;
    return out.writeUInt32BE(value, at + 1);
  }
  if (value > 0xff) {
    out[at] = 0x11;
    return out.writeUInt16BE(value, at + 1);
  }
  out[at] = 0x10;
  return out.writeUInt8(value, at + 1);
}

function writeText(out: Buffer, at: number, value: string): number {
  if (isAscii(value)) {
    const start = writeMark(out, at, 0x50, value.length);
    return start + out.write(value, start, 'latin1');
  }
  const start = writeMark(out, at, 0x60, value.length);
  const length = out.write(value, start, 'utf16le');
  out.subarray(start, start + length).swap16();
  return start + length;
}

function isAscii(value: string): boolean {
  for (let i = 0; i < value.length; i++) if (value.charCodeAt(i) > 0x7f) return false;
  return true;
}

function writeMark(out: Buffer, at: number, type: number, count: number): number {
  if (count < 15) {
    out[at] = type | count;
    return at + 1;
  }
  out[at] = type | 15;
  return writeNumber(out, at + 1, count);
}
