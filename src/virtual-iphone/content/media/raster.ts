/** A picture in memory: `width * height` pixels of red, green, blue, a byte each, row by row. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

export type Colour = readonly [red: number, green: number, blue: number];

export function newRaster(width: number, height: number): Raster {
  return { width, height, rgb: new Uint8Array(width * height * 3) };
}

export function setPixel(raster: Raster, x: number, y: number, [red, green, blue]: Colour): void {
  const at = (y * raster.width + x) * 3;
  raster.rgb[at] = red;
  raster.rgb[at + 1] = green;
  raster.rgb[at + 2] = blue;
}

/** `share` 0 gives `from`, 256 gives `to`. */
export function blend(from: Colour, to: Colour, share: number): Colour {
  const part = (a: number, b: number): number => a + (((b - a) * share) >> 8);
  return [part(from[0], to[0]), part(from[1], to[1]), part(from[2], to[2])];
}

export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export function fillRectangle(raster: Raster, { left, top, width, height }: Rectangle, colour: Colour): void {
  const right = Math.min(raster.width, left + width);
  const bottom = Math.min(raster.height, top + height);
  for (let y = Math.max(0, top); y < bottom; y++) for (let x = Math.max(0, left); x < right; x++) setPixel(raster, x, y, colour);
}
