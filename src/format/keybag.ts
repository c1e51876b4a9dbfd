import { DataError } from '../shared/errors.ts';

/** `BackupKeyBag` of Manifest.plist, parsed; bytes are as they lie there. */
export interface Keybag {
  /** 3, 4, or 5 since iOS 10.2. */
  readonly version: number;
  /** 1 for a backup. */
  readonly type: number;
  readonly uuid: Buffer;
  /** PBKDF2-HMAC-SHA1, the last stage. */
  readonly salt: Buffer;
  readonly iterations: number;
  /** PBKDF2-HMAC-SHA256, a first stage since iOS 10.2. */
  readonly doubleProtection: { readonly salt: Buffer; readonly iterations: number } | undefined;
  /** By protection class. */
  readonly classKeys: ReadonlyMap<number, WrappedClassKey>;
}

export interface WrappedClassKey {
  readonly protectionClass: number;
  /** Bit 0: also encrypted with the hardware key of the device; bit 1: wrapped with the password's key. */
  readonly wrap: number;
  /** 0 AES, 1 Curve25519 (not in backups). */
  readonly keyType: number;
  /** 40 bytes. */
  readonly wrapped: Buffer;
}

export const wrapBit = { device: 1, password: 2 } as const;

const tagLength = 4;
const headLength = 8;
const maxLength = 64 << 10;
const wrappedLength = 40;
/** A hostile bag must not keep the computer busy for hours; Apple's has ten million. */
const maxIterations = 100_000_000;

type Group = Map<string, Buffer>;

/** Parses by tags: the order of classes and the set of tags differ between versions. Throws `DataError('data.keybag')`. */
export function parseKeybag(bytes: Buffer): Keybag {
  const [header, ...groups] = readGroups(bytes);
  if (!header) throw bad('is empty');
  const doubleSalt = header.get('DPSL');
  const doubleIterations = header.has('DPIC') ? iterations(header, 'DPIC') : undefined;
  return {
    version: number(header, 'VERS'),
    type: number(header, 'TYPE'),
    uuid: data(header, 'UUID'),
    salt: data(header, 'SALT'),
    iterations: iterations(header, 'ITER'),
    doubleProtection: doubleSalt && doubleIterations !== undefined ? { salt: doubleSalt, iterations: doubleIterations } : undefined,
    classKeys: new Map(groups.map(readClass).map((key) => [key.protectionClass, key])),
  };
}

/** The first `UUID` belongs to the header, each later one opens a class. */
function readGroups(bytes: Buffer): Group[] {
  if (bytes.length > maxLength) throw bad(`has ${bytes.length} bytes`);
  const groups: Group[] = [new Map()];
  let hasUuid = false;
  for (let at = 0; at < bytes.length; ) {
    if (at + headLength > bytes.length) throw bad('ends inside a tag');
    const tag = bytes.toString('latin1', at, at + tagLength);
    const end = at + headLength + bytes.readUInt32BE(at + tagLength);
    if (end > bytes.length) throw bad(`ends inside the value of ${tag}`);
    if (tag === 'UUID' && hasUuid) groups.push(new Map());
    hasUuid ||= tag === 'UUID';
    groups.at(-1)?.set(tag, bytes.subarray(at + headLength, end));
    at = end;
  }
  return groups;
}

function readClass(group: Group): WrappedClassKey {
  const wrapped = data(group, 'WPKY');
  if (wrapped.length !== wrappedLength) throw bad(`has a class key of ${wrapped.length} bytes`);
  return { protectionClass: number(group, 'CLAS'), wrap: number(group, 'WRAP'), keyType: group.has('KTYP') ? number(group, 'KTYP') : 0, wrapped };
}

function data(group: Group, tag: string): Buffer {
  const value = group.get(tag);
  if (!value || value.length === 0) throw bad(`lacks ${tag}`);
  return value;
}

function number(group: Group, tag: string): number {
  const value = data(group, tag);
  if (value.length !== 4) throw bad(`has a ${tag} of ${value.length} bytes`);
  return value.readUInt32BE(0);
}

function iterations(group: Group, tag: string): number {
  const count = number(group, tag);
  if (count === 0 || count > maxIterations) throw bad(`asks for ${count} rounds in ${tag}`);
  return count;
}

const bad = (what: string): DataError => new DataError('data.keybag', `The keybag ${what}`, { subject: 'BackupKeyBag' });
