import { mediaKind, type MediaFile } from '../device/index.ts';
import { rowCategory } from './row-category.ts';
import { YearTally } from './year-tally.ts';

/** Folders of the media folder that a backup holds in whole or in part, the photos first. */
export const mediaRoots: readonly string[] = ['/DCIM', '/PhotoData', '/Recordings'];

/** What a walk of the phone's media folder has found so far. */
export class CameraTally {
  readonly years = new YearTally();
  /** Bytes and files by category, photos included; `newBytes` is of files made after the last backup. */
  readonly categories = new Map<string, { bytes: number; files: number; newBytes: number }>();
  /** Whether the photo library says that it keeps its photos in iCloud. */
  readonly isCloud: boolean;
  bytes = 0;
  files = 0;
  /** Bytes of photos and videos that changed after the last backup. */
  newBytes = 0;
  listed = 0;
  seen = 0;
  readonly #since: number;

  constructor(isCloud: boolean, since: Date | undefined) {
    this.isCloud = isCloud;
    this.#since = since?.getTime() ?? -Infinity;
  }

  add({ path, size, modified, born }: MediaFile): void {
    this.bytes += size;
    this.files++;
    const category = rowCategory({ domain: domainOf(path), relativePath: `Media${path}` }) ?? 'other-media';
    let tally = this.categories.get(category);
    if (!tally) this.categories.set(category, (tally = { bytes: 0, files: 0, newBytes: 0 }));
    tally.bytes += size;
    tally.files++;
    if (((born ?? modified)?.getTime() ?? 0) > this.#since) tally.newBytes += size;
    if (category !== 'photos') return;
    this.years.add(modified, mediaKind(path), size);
    if ((modified?.getTime() ?? 0) > this.#since) this.newBytes += size;
  }

  /** By how much the figures of a walk that is under way are to be multiplied. */
  get factor(): number {
    return this.seen > 0 && this.listed > this.seen ? this.listed / this.seen : 1;
  }
}

function domainOf(path: string): string {
  return path.startsWith('/DCIM/') || path.startsWith('/PhotoData/') ? 'CameraRollDomain' : 'MediaDomain';
}
