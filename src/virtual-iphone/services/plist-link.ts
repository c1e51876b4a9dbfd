import type { Duplex } from 'node:stream';
import { asDict, readPlist, writeBinaryPlist, writeXmlPlist, type PlistDict } from '../../plist/index.ts';
import { ByteReader } from './byte-reader.ts';

/** Hosts send pair records and property lists of some KB; more is refused by ending the conversation. */
const maxLength = 4 << 20;
const limits = { maxBytes: maxLength, maxValues: 100_000, maxDepth: 32 };

/** Property lists with a length of four bytes, big endian, before each: lockdown and most services. */
export class PlistLink {
  readonly stream: Duplex;
  readonly #reader: ByteReader;
  readonly #form: 'xml' | 'binary';

  constructor(stream: Duplex, form: 'xml' | 'binary' = 'xml') {
    this.stream = stream;
    this.#form = form;
    this.#reader = new ByteReader(stream);
  }

  /** The next dictionary; `undefined` at the end of the stream and for anything that is not one. */
  async receive(): Promise<PlistDict | undefined> {
    const length = (await this.#reader.read(4))?.readUInt32BE(0);
    if (length === undefined || length === 0 || length > maxLength) return undefined;
    const bytes = await this.#reader.read(length);
    if (!bytes) return undefined;
    try {
      return asDict(readPlist(bytes, limits));
    } catch {
      return undefined;
    }
  }

  /** Length and list in one write: some hosts read the length with a single call. */
  async send(value: PlistDict): Promise<void> {
    const body = this.#form === 'xml' ? writeXmlPlist(value) : writeBinaryPlist(value);
    const frame = Buffer.allocUnsafe(4 + body.length);
    frame.writeUInt32BE(body.length, 0);
    body.copy(frame, 4);
    await new Promise<void>((resolve) => {
      this.stream.write(frame, () => resolve());
    });
  }
}
