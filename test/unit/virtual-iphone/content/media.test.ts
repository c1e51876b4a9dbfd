import assert from 'node:assert/strict';
import { gunzipSync, inflateSync, crc32 } from 'node:zlib';
import { gzipCompress, zlibCompress } from '../../../../src/virtual-iphone/content/media/deflate.ts';
import { Random } from '../../../../src/virtual-iphone/content/random.ts';
import { bytesOf, nameOf, sharedDemo } from './helpers.ts';

/** Width, height and whether every chunk is as its checksum says. */
function readPng(png: Buffer): { width: number; height: number; pixels: Buffer } {
  assert.equal(png.toString('latin1', 0, 8), '\x89PNG\r\n\x1a\n');
  const data: Buffer[] = [];
  let at = 8;
  for (let type = ''; type !== 'IEND'; ) {
    const length = png.readUInt32BE(at);
    type = png.toString('latin1', at + 4, at + 8);
    assert.equal(png.readUInt32BE(at + 8 + length), crc32(png.subarray(at + 4, at + 8 + length)), type);
    if (type === 'IDAT') data.push(png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  assert.equal(at, png.length);
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), pixels: inflateSync(Buffer.concat(data)) };
}

/** Markers of a JPEG in order, up to the end of its first scan. */
function jpegMarkers(jpeg: Buffer): string[] {
  assert.equal(jpeg.readUInt16BE(0), 0xffd8);
  const markers: string[] = [];
  let at = 2;
  for (;;) {
    assert.equal(jpeg[at], 0xff);
    const marker = jpeg[at + 1] ?? 0;
    markers.push(marker.toString(16));
    at += 2 + jpeg.readUInt16BE(at + 2);
    if (marker === 0xda) break;
  }
  while (!(jpeg[at] === 0xff && jpeg[at + 1] !== 0)) at++;
  return [...markers, (jpeg[at + 1] ?? 0).toString(16)];
}

/** Types of the boxes of a container file, which must fill it exactly. */
function boxTypes(file: Buffer): string[] {
  const types: string[] = [];
  let at = 0;
  while (at < file.length) {
    const short = file.readUInt32BE(at);
    types.push(file.toString('latin1', at + 4, at + 8));
    at += short === 1 ? Number(file.readBigUInt64BE(at + 8)) : short;
  }
  assert.equal(at, file.length);
  return types;
}

describe('compression of the phone', () => {
  it('gives what zlib takes for DEFLATE', () => {
    const random = new Random(1, 'deflate');
    const inputs = [Buffer.alloc(0), Buffer.alloc(100_000), Buffer.from('abcabcabcabc'.repeat(900)), random.bytes(70_000)];
    for (let n = 0; n < 60; n++) inputs.push(random.bytes(random.integer(1, 4000)).map((byte) => byte % (1 + (n % 7))) as Buffer);
    for (const input of inputs) {
      assert.ok(inflateSync(zlibCompress(input)).equals(input));
      assert.ok(gunzipSync(gzipCompress(input)).equals(input));
    }
    assert.ok(zlibCompress(Buffer.alloc(100_000)).length < 2000);
  });
});

describe('pictures and films of the phone', () => {
  const content = sharedDemo(3);
  const files = [...content.items()].filter((item) => item.kind === 'file' && item.path.startsWith('Media/DCIM/'));
  const each = (ending: RegExp, check: (bytes: Buffer) => void): void => {
    const found = files.filter((item) => ending.test(item.path));
    assert.ok(found.length >= 3, `${String(ending)}: ${found.length}`);
    for (const item of found.slice(0, 12)) {
      const bytes = bytesOf(content, item);
      assert.equal(bytes.length, item.size, nameOf(item));
      check(bytes);
    }
  };

  it('are PNG with sound chunks and all their rows', () => {
    each(/\.PNG$/, (bytes) => {
      const { width, height, pixels } = readPng(bytes);
      assert.equal(pixels.length, height * (width * 3 + 1));
    });
  });

  it('are baseline JPEG with Exif data', () => {
    each(/\.JPG$/, (bytes) => {
      assert.deepEqual(jpegMarkers(bytes), ['e1', 'db', 'c0', 'c4', 'c4', 'da', 'd9']);
      assert.match(bytes.toString('latin1', 0, 300), /Exif\0\0MM.*Apple\0.*\d{4}:\d\d:\d\d \d\d:\d\d:\d\d\0/s);
    });
  });

  it('are HEIF containers whose one item is a JPEG', () => {
    each(/\.HEIC$/, (bytes) => {
      assert.deepEqual(boxTypes(bytes), ['ftyp', 'meta', 'mdat']);
      const location = bytes.indexOf('iloc');
      const [offset, length] = [bytes.readUInt32BE(location + 18), bytes.readUInt32BE(location + 22)];
      assert.equal(jpegMarkers(bytes.subarray(offset, offset + length)).at(-1), 'd9');
    });
  });

  it('are QuickTime films whose samples are JPEGs', () => {
    each(/\.MOV$/, (bytes) => {
      assert.deepEqual(boxTypes(bytes), ['ftyp', 'moov', 'mdat']);
      const [offsets, sizes] = [bytes.indexOf('stco'), bytes.indexOf('stsz')];
      const offset = bytes.readUInt32BE(offsets + 12);
      assert.equal(jpegMarkers(bytes.subarray(offset, offset + bytes.readUInt32BE(sizes + 8))).at(-1), 'd9');
    });
  });

  it('are joined by sound files whose frames lie where they say', () => {
    const sounds = [...content.items()].filter((item) => item.path.endsWith('.m4a'));
    assert.ok(sounds.length > 4);
    for (const item of sounds) {
      const bytes = bytesOf(content, item);
      assert.deepEqual(boxTypes(bytes), ['ftyp', 'moov', 'mdat']);
      const [offset, sizes] = [bytes.readUInt32BE(bytes.indexOf('stco') + 12), bytes.indexOf('stsz')];
      assert.equal(offset + bytes.readUInt32BE(sizes + 8) * bytes.readUInt32BE(sizes + 12), bytes.length);
    }
  });

  it('come in pairs where they are live, with sidecars where they were edited', () => {
    const stems = (ending: RegExp): string[] => files.filter((item) => ending.test(item.path)).map((item) => item.path.replace(ending, ''));
    const [pictures, films] = [new Set(stems(/\.HEIC$/)), stems(/\.MOV$/)];
    assert.ok(films.some((stem) => pictures.has(stem)) && films.some((stem) => !pictures.has(stem)));
    const edited = stems(/\.AAE$/);
    assert.ok(edited.length > 2);
    for (const stem of edited) assert.ok(pictures.has(stem), stem);
  });

  it('span several years and carry what Photos notes about them', () => {
    const years = new Set(files.map((item) => new Date(item.modified * 1000).getUTCFullYear()));
    assert.ok(years.size >= 4);
    const named = files.filter((item) => item.extendedAttributes?.['com.apple.assetsd.UUID']?.length === 16);
    assert.ok(named.length > files.length / 2);
  });

  it('give apps icons that open', () => {
    for (const app of content.apps()) assert.equal(readPng(app.icon).width, 120);
  });
});
