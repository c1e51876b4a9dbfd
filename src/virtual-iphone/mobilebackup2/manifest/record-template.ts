/*
 * The part of an MBFile archive that is equal for all files of one shape: a binary property list up to the values that
 * differ from file to file. Objects are numbered as they are written here.
 */

/** Which optional parts an archive has; with them the `$objects` order of iOS is fixed. */
export interface RecordShape {
  readonly hasTarget: boolean;
  readonly hasDigest: boolean;
  readonly hasKey: boolean;
  readonly hasAttributes: boolean;
}

export interface RecordTemplate {
  /** Header and all constant objects, with room for key and digest. */
  readonly head: Buffer;
  /** Offsets of the constant objects, two bytes each. */
  readonly offsets: Buffer;
  /** Where the 44 bytes of the wrapped key and the 20 of the digest lie; -1 when there are none. */
  readonly keyAt: number;
  readonly digestAt: number;
}

/** The numbers of an MBFile, in the order in which they follow the constant objects. */
export const recordNumbers = [
  'Mode',
  'InodeNumber',
  'UserID',
  'GroupID',
  'LastModified',
  'LastStatusChange',
  'Birth',
  'Size',
  'ProtectionClass',
  'Flags',
] as const;

const keyLength = 44;
const digestLength = 20;
const refSize = 1;

type Part = { readonly bytes: Buffer } | { readonly array: readonly Part[] } | { readonly dict: readonly (readonly [Part, Part])[] } | Variable;
/** Stands for an object that follows the template: the n-th number, the path, the target, the attributes. */
interface Variable {
  readonly variable: number;
}

const text = (value: string): Part => ({
  bytes: Buffer.concat([value.length < 15 ? Buffer.from([0x50 | value.length]) : Buffer.from([0x5f, 0x10, value.length]), Buffer.from(value, 'latin1')]),
});
const uid = (index: number): Part => ({ bytes: Buffer.from([0x80, index]) });
const room = (length: number): Part => ({ bytes: Buffer.concat([Buffer.from([0x4f, 0x10, length]), Buffer.alloc(length)]) });
const classOf = (...names: string[]): Part => ({ dict: [[text('$classname'), text(names[0] as string)], [text('$classes'), { array: names.map(text) }]] });

/** Builds the template of a shape; done once for each of the few shapes there are. */
export function buildTemplate(shape: RecordShape): RecordTemplate {
  const key = room(keyLength);
  const digest = room(digestLength);
  const writer = new TemplateWriter();
  const { offsets, head, startOf } = writer.write(archive(shape, key, digest));
  return { head, offsets, keyAt: shape.hasKey ? startOf(key) + 3 : -1, digestAt: shape.hasDigest ? startOf(digest) + 3 : -1 };
}

function archive(shape: RecordShape, key: Part, digest: Part): Part {
  const first = recordNumbers.length;
  const objects: Part[] = [text('$null'), text(''), { variable: first }];
  const links: [Part, Part][] = [[text('RelativePath'), uid(2)]];
  const add = (name: string, part: Part): void => void links.push([text(name), uid(objects.push(part) - 1)]);
  if (shape.hasTarget) add('Target', { variable: first + 1 });
  if (shape.hasDigest) add('Digest', digest);
  if (shape.hasKey) {
    add('EncryptionKey', { dict: [[text('NS.data'), key], [text('$class'), uid(objects.length + 1)]] });
    objects.push(classOf('NSMutableData', 'NSData', 'NSObject'));
  }
  if (shape.hasAttributes) add('ExtendedAttributes', { variable: first + (shape.hasTarget ? 2 : 1) });
  objects.push(classOf('MBFile', 'NSObject'));
  const numbers = recordNumbers.map((name, index): [Part, Part] => [text(name), { variable: index }]);
  objects[1] = { dict: [...links, ...numbers, [text('$class'), uid(objects.length - 1)]] };
  return {
    dict: [
      [text('$version'), { bytes: Buffer.from([0x12, 0x00, 0x01, 0x86, 0xa0]) }],
      [text('$archiver'), text('NSKeyedArchiver')],
      [text('$top'), { dict: [[text('root'), uid(1)]] }],
      [text('$objects'), { array: objects }],
    ],
  };
}

class TemplateWriter {
  readonly #objects: Part[] = [];
  readonly #numbers = new Map<Part | string, number>();

  write(top: Part): { head: Buffer; offsets: Buffer; startOf: (part: Part) => number } {
    this.#collect(top);
    const starts: number[] = [];
    const chunks: Buffer[] = [Buffer.from('bplist00', 'latin1')];
    let at = 8;
    for (const part of this.#objects) {
      const bytes = this.#encode(part);
      starts.push(at);
      chunks.push(bytes);
      at += bytes.length;
    }
    const offsets = Buffer.alloc(starts.length * 2);
    starts.forEach((start, index) => offsets.writeUInt16BE(start, index * 2));
    return { head: Buffer.concat(chunks), offsets, startOf: (part) => starts[this.#numbers.get(part) as number] as number };
  }

  #collect(part: Part): void {
    if ('variable' in part || this.#numbers.has(identity(part))) return;
    this.#numbers.set(identity(part), this.#objects.push(part) - 1);
    if ('array' in part) part.array.forEach((item) => this.#collect(item));
    if ('dict' in part) {
      part.dict.forEach(([name]) => this.#collect(name));
      part.dict.forEach(([, value]) => this.#collect(value));
    }
  }

  #encode(part: Part): Buffer {
    if ('array' in part) return Buffer.concat([mark(0xa0, part.array.length), this.#refs(part.array)]);
    if ('dict' in part) {
      const refs = [...part.dict.map(([name]) => name), ...part.dict.map(([, value]) => value)];
      return Buffer.concat([mark(0xd0, part.dict.length), this.#refs(refs)]);
    }
    return 'bytes' in part ? part.bytes : Buffer.alloc(0);
  }

  #refs(parts: readonly Part[]): Buffer {
    const refs = Buffer.alloc(parts.length * refSize);
    parts.forEach((part, index) => {
      const number = 'variable' in part ? this.#objects.length + part.variable : (this.#numbers.get(identity(part)) as number);
      refs.writeUInt8(number, index);
    });
    return refs;
  }
}

const mark = (type: number, count: number): Buffer => (count < 15 ? Buffer.from([type | count]) : Buffer.from([type | 15, 0x10, count]));

/** Equal constants are one object, as in every archive; rooms for key and digest are themselves. */
const identity = (part: Part): Part | string => ('bytes' in part && part.bytes[0] !== 0x4f ? part.bytes.toString('latin1') : part);
