import { appSegment } from './jpeg.ts';

/** What a photo says about itself. */
export interface PhotoFacts {
  /** Unix seconds, written as local time without a zone. */
  readonly at: number;
  readonly model: string;
  /** Unique, for example the asset's UUID. */
  readonly id: string;
}

const tag = {
  make: 0x010f,
  model: 0x0110,
  dateTime: 0x0132,
  exifPointer: 0x8769,
  dateTimeOriginal: 0x9003,
  imageUniqueId: 0xa420,
} as const;
const ascii = 2;
const long = 4;

/** An APP1 segment with Exif 2.3 data, big endian. */
export function exifSegment(facts: PhotoFacts): Buffer {
  const date = exifDate(facts.at);
  const main = directory(8, [
    [tag.make, 'Apple'],
    [tag.model, facts.model],
    [tag.dateTime, date],
    [tag.exifPointer, 0],
  ]);
  const details = directory(8 + main.length, [
    [tag.dateTimeOriginal, date],
    [tag.imageUniqueId, facts.id],
  ]);
  // The pointer is the value of the fourth entry.
  main.writeUInt32BE(8 + main.length, 2 + 3 * 12 + 8);
  return appSegment(1, Buffer.concat([Buffer.from('Exif\0\0MM\0\x2a\0\0\0\x08', 'latin1'), main, details]));
}

/** `2024:01:31 12:00:00`. */
export function exifDate(at: number): string {
  const [day, time] = new Date(at * 1000).toISOString().slice(0, 19).split('T');
  return `${day?.replaceAll('-', ':')} ${time}`;
}

/** An image file directory that lies `offset` bytes into the TIFF data, with its strings behind it. */
function directory(offset: number, entries: readonly (readonly [tag: number, value: string | number])[]): Buffer {
  const head = Buffer.alloc(2 + entries.length * 12 + 4);
  const strings: Buffer[] = [];
  let end = offset + head.length;
  head.writeUInt16BE(entries.length, 0);
  entries.forEach(([id, value], index) => {
    const text = typeof value === 'string' ? Buffer.from(`${value}\0`, 'latin1') : undefined;
    const at = 2 + index * 12;
    head.writeUInt16BE(id, at);
    head.writeUInt16BE(text ? ascii : long, at + 2);
    head.writeUInt32BE(text ? text.length : 1, at + 4);
    if (text && text.length <= 4) text.copy(head, at + 8);
    else head.writeUInt32BE(text ? end : Number(value), at + 8);
    if (text && text.length > 4) {
      strings.push(text);
      end += text.length;
    }
  });
  return Buffer.concat([head, ...strings]);
}
