import { ascii, box, fullBox, mediaDataHead, u16, u32 } from './boxes.ts';
import { movieHeader, trackBox } from './movie.ts';

const sampleRate = 44_100;
const samplesPerFrame = 1024;
/** One AAC-LC frame (ISO/IEC 14496-3) of one silent channel: no scale factors, no spectrum, end. */
const silentFrame = Buffer.from([0, 0, 0, 7]);
/** AAC-LC, 44.1 kHz, one channel. */
const audioConfig = [0x12, 0x08];

/** An MPEG-4 sound file (`.m4a`) of silence, as players open it. `at` in Unix seconds. */
export function silentSound(seconds: number, at: number): Buffer {
  const frames = Math.ceil((seconds * sampleRate) / samplesPerFrame);
  const type = box('ftyp', ascii('M4A '), u32(0), ascii('M4A mp42isom'));
  const data = Buffer.alloc(frames * silentFrame.length, silentFrame);
  const dataAt = type.length + movie(0, frames, at).length;
  const head = mediaDataHead(16 + data.length);
  return Buffer.concat([type, movie(dataAt + head.length, frames, at), head, data]);
}

function movie(offset: number, frames: number, at: number): Buffer {
  const time = { at, scale: sampleRate, duration: frames * samplesPerFrame };
  const mediaInformation = fullBox('smhd', 0, 0, u32(0));
  const track = { handler: 'soun', width: 0, height: 0, mediaInformation, sampleTable: sampleTable(offset, frames) };
  return box('moov', movieHeader(time), trackBox(track, time));
}

/** All frames lie in one chunk. */
function sampleTable(offset: number, frames: number): Buffer {
  const format = Buffer.concat([Buffer.alloc(6), u16(1), Buffer.alloc(8), u16(1, 16), u32(0, sampleRate * 0x10000)]);
  return box(
    'stbl',
    fullBox('stsd', 0, 0, u32(1), box('mp4a', format, fullBox('esds', 0, 0, Buffer.from(elementaryStream)))),
    fullBox('stts', 0, 0, u32(1, frames, samplesPerFrame)),
    fullBox('stsc', 0, 0, u32(1, 1, frames, 1)),
    fullBox('stsz', 0, 0, u32(silentFrame.length, frames)),
    fullBox('stco', 0, 0, u32(1, offset)),
  );
}

/** Descriptors of ISO/IEC 14496-1: stream 3, decoder configuration 4 (MPEG-4 audio), its own part 5, sync layer 6. */
const elementaryStream = [
  ...[3, 25, 0, 0, 0],
  ...[4, 17, 0x40, 0x15, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  ...[5, 2, ...audioConfig],
  ...[6, 1, 2],
];
