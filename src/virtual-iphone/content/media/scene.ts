import type { Random } from '../random.ts';
import { blend, newRaster, setPixel, type Colour, type Raster } from './raster.ts';

const skies: readonly (readonly [Colour, Colour])[] = [
  [[74, 134, 214], [206, 228, 246]],
  [[38, 42, 92], [246, 150, 92]],
  [[120, 170, 220], [250, 236, 214]],
  [[18, 24, 58], [92, 84, 142]],
  [[196, 92, 76], [252, 214, 140]],
];
const grounds: readonly Colour[] = [
  [58, 110, 72],
  [98, 128, 62],
  [196, 172, 120],
  [34, 74, 92],
  [108, 96, 120],
  [226, 232, 238],
];

const shade: Colour = [12, 16, 20];

/** A landscape under a sky with a sun: what a photo of this phone shows. */
export function drawScene(random: Random, width: number, height: number): Raster {
  const raster = newRaster(width, height);
  const [top, bottom] = random.pick(skies);
  for (let y = 0; y < height; y++) {
    const colour = blend(top, bottom, Math.floor((y * 256) / height));
    for (let x = 0; x < width; x++) setPixel(raster, x, y, colour);
  }
  drawSun(random, raster);
  const layers = random.integer(2, 4);
  const ground = random.pick(grounds);
  for (let layer = 0; layer < layers; layer++) {
    const base = Math.floor((height * (5 + layer)) / (6 + layers));
    drawHills(random, raster, base, blend(bottom, ground, Math.floor(((layer + 1) * 256) / layers)));
  }
  return raster;
}

function drawSun(random: Random, raster: Raster): void {
  const radius = random.integer(raster.height >> 4, raster.height >> 3);
  const centreX = random.integer(radius, raster.width - radius);
  const centreY = random.integer(radius, raster.height >> 1);
  for (let y = -radius; y <= radius; y++) {
    for (let x = -radius; x <= radius; x++) {
      if (x * x + y * y <= radius * radius) setPixel(raster, centreX + x, centreY + y, [255, 244, 206]);
    }
  }
}

/** A ridge of straight slopes; its colour darkens downwards. */
function drawHills(random: Random, raster: Raster, base: number, colour: Colour): void {
  const step = Math.max(8, raster.width >> 3);
  const swing = raster.height >> 4;
  let left = base + random.integer(-swing, swing);
  for (let start = 0; start < raster.width; start += step) {
    const right = base + random.integer(-swing, swing);
    for (let x = start; x < Math.min(raster.width, start + step); x++) {
      const ridge = left + Math.floor(((right - left) * (x - start)) / step);
      for (let y = Math.max(0, ridge); y < raster.height; y++) setPixel(raster, x, y, blend(colour, shade, Math.min(200, y - ridge)));
    }
    left = right;
  }
}
