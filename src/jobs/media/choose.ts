import type { MediaFile } from '../../device/index.ts';
import { dayEnd, dayStart } from '../../selection/day.ts';

export interface DayRange {
  /** Days as `yyyy-MM-dd`, inclusive, in this computer's time zone. */
  readonly after?: string | undefined;
  readonly before?: string | undefined;
}

/** Where the camera's files are: originals, originals that came from iCloud, and edits. */
export const photoRoots: readonly string[] = ['/DCIM', '/PhotoData/CPLAssets', '/PhotoData/Mutations'];

/**
 * The files of the photos that were taken in a range of days. What belongs to one photo (the film of a Live Photo, edits,
 * sidecars) goes with it, whatever its own date. In the order of their paths.
 */
export function chooseFiles(files: readonly MediaFile[], { after, before }: DayRange): MediaFile[] {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  if (after === undefined && before === undefined) return sorted;
  const from = after === undefined ? -Infinity : dayStart(after);
  const to = before === undefined ? Infinity : dayEnd(before);
  const taken = new Map<string, number>();
  for (const file of sorted) {
    const photo = photoOf(file.path);
    taken.set(photo, Math.min(taken.get(photo) ?? Infinity, secondsOf(file)));
  }
  return sorted.filter((file) => isWithin(taken.get(photoOf(file.path)), from, to));
}

/** A photo is as old as its oldest file: edits come later. */
const secondsOf = ({ modified }: MediaFile): number => (modified ? modified.getTime() / 1000 : Infinity);

const isWithin = (time: number | undefined, from: number, to: number): boolean => time !== undefined && time >= from && time < to;

/** `100APPLE/IMG_0042` for the original, its film, `IMG_E0042.JPG`, `IMG_0042.AAE` and what lies in its folder of edits. */
export function photoOf(path: string): string {
  const [folder = '', name = ''] = path.split('/').slice(path.startsWith('/PhotoData/Mutations/DCIM/') ? 4 : -2);
  const stem = name.replace(/\.[^.]*$/, '').replace(/^(\w{3}_)[EO](?=\d{4})/, '$1');
  return `${folder}/${stem}`;
}
