import { ascii, box, fullBox, mediaDataHead, u16, u32 } from './boxes.ts';

/** What a film says about itself. */
export interface FilmFacts {
  readonly width: number;
  readonly height: number;
  readonly seconds: number;
  /** Unix seconds. */
  readonly at: number;
  readonly model: string;
  /** Ties a Live Photo's film to its picture. */
  readonly contentId: string;
}

const timeScale = 600;
/** Seconds from 1904 to 1970: the epoch of QuickTime. */
const quickTimeEpoch = 2_082_844_800;
const identity = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);

/**
 * Head of a QuickTime film that is `length` bytes long in all: the rest may hold anything.
 *
 * One picture a second, all of them the same JPEG ("Photo - JPEG"); a phone's camera writes HEVC or H.264.
 */
export function filmHead(jpeg: Buffer, facts: FilmFacts, length: number): Buffer {
  const type = box('ftyp', ascii('qt  '), u32(0), ascii('qt  '));
  const movieLength = movie(0, jpeg.length, facts).length;
  const dataAt = type.length + movieLength;
  return Buffer.concat([type, movie(dataAt + 16, jpeg.length, facts), mediaDataHead(length - dataAt), jpeg]);
}

function movie(offset: number, bytes: number, facts: FilmFacts): Buffer {
  const at = facts.at + quickTimeEpoch;
  const duration = facts.seconds * timeScale;
  const rate = Buffer.concat([u32(0x10000), u16(0x100, 0), u32(0, 0)]);
  const header = fullBox('mvhd', 0, 0, u32(at, at, timeScale, duration), rate, identity, Buffer.alloc(24), u32(2));
  return box('moov', header, track(offset, bytes, facts, at, duration), metadata(facts));
}

function track(offset: number, bytes: number, facts: FilmFacts, at: number, duration: number): Buffer {
  const size = u32(facts.width * 0x10000, facts.height * 0x10000);
  const header = fullBox('tkhd', 0, 15, u32(at, at, 1, 0, duration, 0, 0), u16(0, 0, 0, 0), identity, size);
  const mediaHeader = fullBox('mdhd', 0, 0, u32(at, at, timeScale, duration), u16(0, 0));
  const handler = fullBox('hdlr', 0, 0, ascii('mhlrvide'), Buffer.alloc(13));
  const dataHandler = fullBox('hdlr', 0, 0, ascii('dhlrurl '), Buffer.alloc(13));
  const reference = box('dinf', fullBox('dref', 0, 0, u32(1), fullBox('url ', 0, 1)));
  const info = box('minf', fullBox('vmhd', 0, 1, u16(0, 0, 0, 0)), dataHandler, reference, sampleTable(offset, bytes, facts));
  return box('trak', header, box('mdia', mediaHeader, handler, info));
}

/** Every sample is the same bytes: each chunk has one sample and the same offset. */
function sampleTable(offset: number, bytes: number, facts: FilmFacts): Buffer {
  const count = facts.seconds;
  const compressor = Buffer.alloc(32);
  compressor.write('\x0cPhoto - JPEG', 'latin1');
  const description = box(
    'jpeg',
    Buffer.alloc(6),
    u16(1),
    Buffer.alloc(16),
    u16(facts.width, facts.height),
    u32(0x480000, 0x480000, 0),
    u16(1),
    compressor,
    u16(24, 0xffff),
  );
  return box(
    'stbl',
    fullBox('stsd', 0, 0, u32(1), description),
    fullBox('stts', 0, 0, u32(1, count, timeScale)),
    fullBox('stsc', 0, 0, u32(1, 1, 1, 1)),
    fullBox('stsz', 0, 0, u32(bytes, count)),
    fullBox('stco', 0, 0, u32(count, ...Array.from({ length: count }, () => offset))),
  );
}

/** QuickTime metadata: keys, then UTF-8 values by key number. */
function metadata(facts: FilmFacts): Buffer {
  const entries: readonly (readonly [string, string])[] = [
    ['com.apple.quicktime.content.identifier', facts.contentId],
    ['com.apple.quicktime.make', 'Apple'],
    ['com.apple.quicktime.model', facts.model],
    ['com.apple.quicktime.creationdate', new Date(facts.at * 1000).toISOString().replace('.000Z', '+0000')],
  ];
  const keys = entries.map(([key]) => box('mdta', ascii(key)));
  const values = entries.map(([, value], index) => {
    const item = box('data', u32(1, 0), Buffer.from(value, 'utf8'));
    return Buffer.concat([u32(8 + item.length, index + 1), item]);
  });
  const handler = fullBox('hdlr', 0, 0, u32(0), ascii('mdta'), Buffer.alloc(13));
  return box('meta', handler, fullBox('keys', 0, 0, u32(entries.length), ...keys), box('ilst', ...values));
}
