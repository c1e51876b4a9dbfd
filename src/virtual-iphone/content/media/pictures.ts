import type { World } from '../world.ts';
import { exifDate, exifSegment, type PhotoFacts } from './exif.ts';
import { filmHead } from './film.ts';
import { heifHead } from './heif.ts';
import { joinJpeg, jpegRest } from './jpeg.ts';
import { joinPng, pngParts, type PngParts } from './png.ts';
import { drawScene } from './scene.ts';
import { drawScreen } from './screen.ts';

const photo = { motifs: 24, width: 480, height: 360 } as const;
const screen = { motifs: 6, width: 390, height: 844 } as const;
const thumbnail = { motifs: 24, width: 120, height: 90 } as const;

/** No head of a picture or film is larger; files are filled up from here. */
export const maxPictureBytes = 60_000;

/**
 * The phone's pictures: a few motifs, each encoded once, told apart by their metadata.
 *
 * The `…Head` methods give the beginning of a file that is `length` bytes long in all; what follows is of no account.
 */
export class Pictures {
  readonly #world: World;
  readonly #photos = new Map<string, Buffer>();
  readonly #screens = new Map<number, PngParts>();

  constructor(world: World) {
    this.#world = world;
  }

  jpeg(motif: number, facts: PhotoFacts): Buffer {
    return joinJpeg(exifSegment(facts), this.#photo(photo, motif));
  }

  thumbnail(motif: number, facts: PhotoFacts): Buffer {
    return joinJpeg(exifSegment(facts), this.#photo(thumbnail, motif));
  }

  heifHead(motif: number, facts: PhotoFacts, length: number): Buffer {
    return heifHead(this.jpeg(motif, facts), photo.width, photo.height, length);
  }

  filmHead(motif: number, facts: PhotoFacts, seconds: number, length: number): Buffer {
    const { width, height } = photo;
    return filmHead(this.jpeg(motif, facts), { width, height, seconds, at: facts.at, model: facts.model, contentId: facts.id }, length);
  }

  /** A whole PNG file. */
  screenshot(motif: number, facts: PhotoFacts): Buffer {
    const number = motif % screen.motifs;
    let parts = this.#screens.get(number);
    if (parts === undefined) {
      parts = pngParts(drawScreen(this.#world.random(`screen ${number}`), screen.width, screen.height));
      this.#screens.set(number, parts);
    }
    const texts = [['Creation Time', exifDate(facts.at)], ['Identifier', facts.id]] as const;
    return joinPng(parts, texts);
  }

  #photo({ motifs, width, height }: { motifs: number; width: number; height: number }, motif: number): Buffer {
    const number = motif % motifs;
    const key = `${width} ${number}`;
    let rest = this.#photos.get(key);
    if (rest === undefined) {
      rest = jpegRest(drawScene(this.#world.random(`motif ${number}`), width, height));
      this.#photos.set(key, rest);
    }
    return rest;
  }
}
