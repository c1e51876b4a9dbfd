import { ascii, box, fullBox, mediaDataHead, u16, u32 } from './boxes.ts';
import { movieHeader, trackBox } from './movie.ts';

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
  const { width, height } = facts;
  const time = { at: facts.at, scale: timeScale, duration: facts.seconds * timeScale };
  const mediaInformation = fullBox('vmhd', 0, 1, u16(0, 0, 0, 0));
  const track = { handler: 'vide', width, height, mediaInformation, sampleTable: sampleTable(offset, bytes, facts) };
  return box('moov', movieHeader(time), trackBox(track, time), metadata(facts));
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
