import type { World } from '../world.ts';
import { exifSegment, type PhotoFacts } from './exif.ts';
import { joinJpeg, jpegRest } from './jpeg.ts';
import { drawScene } from './scene.ts';

const motifCount = 16;
const width = 480;
const height = 360;

/** The phone's photos: a few landscapes, each encoded once, told apart by their Exif data. */
export class Pictures {
  readonly #world: World;
  readonly #motifs = new Map<number, Buffer>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Bytes of a JPEG file that decoders open; well below `maxPictureBytes`. */
  jpeg(motif: number, facts: PhotoFacts): Buffer {
    const number = motif % motifCount;
    let rest = this.#motifs.get(number);
    if (rest === undefined) {
      rest = jpegRest(drawScene(this.#world.random(`motif ${number}`), width, height));
      this.#motifs.set(number, rest);
    }
    return joinJpeg(exifSegment(facts), rest);
  }
}

/** No picture is larger; files are filled up from here. */
export const maxPictureBytes = 60_000;
