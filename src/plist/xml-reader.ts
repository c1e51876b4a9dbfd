import { SaxesParser } from 'saxes';
import { PlistError, PlistReal, defaultPlistLimits, emptyDict, type PlistDict, type PlistLimits, type PlistValue } from './value.ts';

interface Open {
  readonly tag: string;
  readonly container: PlistDict | PlistValue[] | undefined;
  key: string | undefined;
  text: string;
}

/** Reads an XML property list. Throws `PlistError` for anything that is not one; entities other than XML's own are refused. */
export function readXmlPlist(bytes: Uint8Array, limits: PlistLimits = defaultPlistLimits): PlistValue {
  if (bytes.length > limits.maxBytes) throw new PlistError('XML property list is over the size limit');
  const builder = new XmlBuilder(limits);
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw new PlistError(`Malformed XML: ${error.message}`);
  });
  parser.on('doctype', (text) => {
    if (text.includes('[')) throw new PlistError('Document type with own declarations is refused');
  });
  parser.on('opentag', (tag) => builder.open(tag.name));
  parser.on('text', (text) => builder.text(text));
  parser.on('cdata', (text) => builder.text(text));
  parser.on('closetag', () => builder.close());
  // Trailing NULs are sent by some senders inside the counted length.
  parser.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8').replace(/\0+$/, '')).close();
  return builder.result();
}

class XmlBuilder {
  readonly #limits: PlistLimits;
  readonly #stack: Open[] = [];
  #top: PlistValue | undefined;
  #values = 0;

  constructor(limits: PlistLimits) {
    this.#limits = limits;
  }

  open(tag: string): void {
    if (this.#stack.length > this.#limits.maxDepth) throw new PlistError('Nested too deeply');
    if (++this.#values > this.#limits.maxValues) throw new PlistError('Too many values');
    if (this.#stack.length === 0 && tag !== 'plist') throw new PlistError(`Root element is <${tag}>, not <plist>`);
    const container = tag === 'dict' ? emptyDict() : tag === 'array' ? [] : undefined;
    this.#stack.push({ tag, container, key: undefined, text: '' });
  }

  text(text: string): void {
    const open = this.#stack.at(-1);
    if (open) open.text += text;
  }

  close(): void {
    const open = this.#stack.pop();
    if (!open || open.tag === 'plist') return;
    const parent = this.#stack.at(-1);
    if (open.tag === 'key') {
      if (!parent || parent.tag !== 'dict' || parent.key !== undefined) throw new PlistError('Misplaced <key>');
      parent.key = open.text;
      return;
    }
    if (open.tag === 'dict' && open.key !== undefined) throw new PlistError(`Key "${open.key}" has no value`);
    this.#add(parent, open.container ?? scalar(open.tag, open.text));
  }

  #add(parent: Open | undefined, value: PlistValue): void {
    if (parent?.tag === 'array' && Array.isArray(parent.container)) parent.container.push(value);
    else if (parent?.tag === 'dict' && parent.container && !Array.isArray(parent.container)) {
      if (parent.key === undefined) throw new PlistError('Value without a <key>');
      parent.container[parent.key] = value;
      parent.key = undefined;
    } else if (parent?.tag === 'plist' && this.#top === undefined) this.#top = value;
    else throw new PlistError('Misplaced value');
  }

  result(): PlistValue {
    if (this.#top === undefined) throw new PlistError('Property list holds no value');
    return this.#top;
  }
}

function scalar(tag: string, text: string): PlistValue {
  switch (tag) {
    case 'string':
      return text;
    case 'true':
    case 'false':
      return tag === 'true';
    case 'integer':
      return integer(text.trim());
    case 'real':
      return new PlistReal(real(text.trim()));
    case 'data':
      return Buffer.from(text, 'base64');
    case 'date':
      return date(text.trim());
    default:
      throw new PlistError(`Unknown element <${tag}>`);
  }
}

function integer(text: string): number | bigint {
  if (!/^[+-]?(\d{1,20}|0[xX][0-9a-fA-F]{1,16})$/.test(text)) throw new PlistError(`Not an integer: ${text.slice(0, 40)}`);
  const value = BigInt.asIntN(64, text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text.replace('+', '')));
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function real(text: string): number {
  const value = /^[+-]?inf(inity)?$/i.test(text) ? (text.startsWith('-') ? -Infinity : Infinity) : Number(text);
  if (text === '' || (Number.isNaN(value) && !/^nan$/i.test(text))) throw new PlistError(`Not a real: ${text.slice(0, 40)}`);
  return value;
}

function date(text: string): Date {
  const value = new Date(text);
  if (Number.isNaN(value.getTime())) throw new PlistError(`Not a date: ${text.slice(0, 40)}`);
  return value;
}
