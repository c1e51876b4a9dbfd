import { ascii, box, fullBox, u16, u32 } from './boxes.ts';

/* The boxes that QuickTime films and MPEG-4 sound have in common: one track, one kind of sample. */

/** Seconds from 1904 to 1970: the epoch of QuickTime. */
const quickTimeEpoch = 2_082_844_800;
const identity = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);

/** When a movie was made and how long it is, in its own time scale. */
export interface MovieTime {
  /** Unix seconds. */
  readonly at: number;
  /** Units a second. */
  readonly scale: number;
  readonly duration: number;
}

export interface Track {
  /** `vide` or `soun`. */
  readonly handler: string;
  /** Pixels; 0 for sound. */
  readonly width: number;
  readonly height: number;
  /** The header box that goes with the handler: `vmhd` or `smhd`. */
  readonly mediaInformation: Buffer;
  readonly sampleTable: Buffer;
}

export function movieHeader({ at, scale, duration }: MovieTime): Buffer {
  const made = at + quickTimeEpoch;
  const rate = Buffer.concat([u32(0x10000), u16(0x100, 0), u32(0, 0)]);
  return fullBox('mvhd', 0, 0, u32(made, made, scale, duration), rate, identity, Buffer.alloc(24), u32(2));
}

export function trackBox(track: Track, { at, scale, duration }: MovieTime): Buffer {
  const made = at + quickTimeEpoch;
  const isSound = track.handler === 'soun';
  const size = u32(track.width * 0x10000, track.height * 0x10000);
  const header = fullBox('tkhd', 0, 15, u32(made, made, 1, 0, duration, 0, 0), u16(0, 0, isSound ? 0x100 : 0, 0), identity, size);
  const mediaHeader = fullBox('mdhd', 0, 0, u32(made, made, scale, duration), u16(0x55c4, 0));
  const handler = fullBox('hdlr', 0, 0, ascii(`${isSound ? '\0\0\0\0' : 'mhlr'}${track.handler}`), Buffer.alloc(13));
  const reference = box('dinf', fullBox('dref', 0, 0, u32(1), fullBox('url ', 0, 1)));
  const information = box('minf', track.mediaInformation, reference, track.sampleTable);
  return box('trak', header, box('mdia', mediaHeader, handler, information));
}
