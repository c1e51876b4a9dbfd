import type { Random } from '../random.ts';
import { fillRectangle, newRaster, type Colour, type Raster } from './raster.ts';

const papers: readonly Colour[] = [
  [255, 255, 255],
  [242, 242, 247],
  [28, 28, 30],
];
const accents: readonly Colour[] = [
  [0, 122, 255],
  [52, 199, 89],
  [255, 149, 0],
  [255, 59, 48],
  [175, 82, 222],
];

/** A screenshot: status bar, title, rows of text-like bars with icons, tab bar. */
export function drawScreen(random: Random, width: number, height: number): Raster {
  const raster = newRaster(width, height);
  const paper = random.pick(papers);
  const isDark = paper[0] < 128;
  const ink: Colour = isDark ? [235, 235, 245] : [60, 60, 67];
  const unit = Math.max(2, width >> 5);
  fillRectangle(raster, { left: 0, top: 0, width, height }, paper);
  fillRectangle(raster, { left: unit * 2, top: unit * 3, width: random.integer(unit * 8, unit * 16), height: unit * 2 }, ink);
  for (let top = unit * 8; top < height - unit * 8; top += unit * 5) {
    fillRectangle(raster, { left: unit * 2, top, width: unit * 3, height: unit * 3 }, random.pick(accents));
    fillRectangle(raster, { left: unit * 6, top, width: random.integer(unit * 8, unit * 22), height: unit }, ink);
    const second = { left: unit * 6, top: top + unit * 2, width: random.integer(unit * 4, unit * 16), height: unit >> 1 };
    fillRectangle(raster, second, [142, 142, 147]);
  }
  for (let tab = 0; tab < 4; tab++) {
    fillRectangle(raster, { left: unit * (3 + tab * 7), top: height - unit * 5, width: unit * 3, height: unit * 3 }, ink);
  }
  return raster;
}

/** An app's icon: a tile with a shape. */
export function drawIcon(random: Random, size: number): Raster {
  const raster = newRaster(size, size);
  const [back, front] = [random.pick(accents), random.pick(papers)];
  fillRectangle(raster, { left: 0, top: 0, width: size, height: size }, back);
  const unit = size >> 3;
  for (let row = 2; row < 6; row++) {
    for (let column = 2; column < 4; column++) {
      if (!random.chance(0.6)) continue;
      fillRectangle(raster, { left: column * unit, top: row * unit, width: unit, height: unit }, front);
      fillRectangle(raster, { left: (7 - column) * unit, top: row * unit, width: unit, height: unit }, front);
    }
  }
  return raster;
}
