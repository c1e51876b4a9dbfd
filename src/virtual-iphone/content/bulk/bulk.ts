import type { PhoneItem } from '../../contract.ts';
import type { Filler } from '../body.ts';
import { domainFacts } from '../domains.ts';
import { mix } from '../random.ts';
import { bulkAreas, type BulkArea } from './layout.ts';
import { BulkSizes } from './sizes.ts';

const day = 86_400;
const oldest = 1000 * day;
// Inode numbers of bulk files and directories lie above all that a tree gives out.
const firstFileInode = 0x80_0000_0000;
const firstDirectoryInode = 0xc0_0000_0000;
const changesOneIn = 200;
const cameraDomain = 'CameraRollDomain';
const revisionStep = 2 ** 21;

/** Any number of files by formula: nothing is stored, each item follows from its index, the seed and the day. */
export class Bulk {
  readonly seed: number;
  readonly files: number;
  readonly bytes: number;
  readonly areas: readonly BulkArea[];
  readonly #byDomain: ReadonlyMap<string, BulkArea>;
  readonly #sizes: BulkSizes;
  readonly #filler: Filler;
  /** Unix seconds. */
  readonly #start: number;

  constructor(options: { seed: number; start: number; files: number; bytes: number; sizes: 'mixed' | 'even'; filler: Filler }) {
    this.files = options.files;
    this.bytes = options.files === 0 ? 0 : options.bytes;
    this.seed = options.seed;
    this.#start = options.start;
    this.#filler = options.filler;
    this.#sizes = new BulkSizes(options.seed, options.files, options.bytes, options.sizes);
    this.areas = bulkAreas(options.files);
    this.#byDomain = new Map(this.areas.map((area) => [area.domain, area]));
  }

  /** How many directories, domain roots included, satisfy the condition. */
  countDirectories(condition: (domain: string, path: string) => boolean): number {
    let count = 0;
    for (const area of this.areas) {
      for (const path of ['', ...area.directories]) count += Number(condition(area.domain, path));
      for (let folder = 0; folder < folders(area); folder++) count += Number(condition(area.domain, `${area.top}/${area.folder(folder)}`));
    }
    return count;
  }

  bytesOf(area: BulkArea): number {
    return this.#sizes.before(area.first + area.count) - this.#sizes.before(area.first);
  }

  /** Items of one domain, root first, as they are on that day. */
  *items(domain: string, today: number): Iterable<PhoneItem> {
    const area = this.#byDomain.get(domain);
    if (area === undefined) return;
    let number = 0;
    for (const path of ['', ...area.directories]) yield this.#directory(area, path, number++);
    for (let folder = 0; folder < folders(area); folder++) {
      const path = `${area.top}/${area.folder(folder)}`;
      yield this.#directory(area, path, number++);
      yield* this.#folderFiles(area, folder, today);
    }
  }

  /** `undefined` when the item is not one of these. */
  read(item: PhoneItem, chunkSize: number): Iterable<Buffer> | undefined {
    const area = this.#byDomain.get(item.domain);
    const index = item.inode - firstFileInode;
    if (area === undefined || index < area.first || index >= area.first + area.count) return undefined;
    const changedOn = Math.max(0, Math.floor((item.modified - this.#start) / day) + 1);
    return this.#filler.chunks(changedOn * revisionStep + index, 0, item.size, chunkSize);
  }

  /** Names in one folder of the camera roll; `undefined` when there is no such folder. */
  listCamera(path: string, today: number): string[] | undefined {
    const area = this.#byDomain.get(cameraDomain);
    if (area === undefined) return undefined;
    const numbers = Array.from({ length: folders(area) }, (_, number) => number);
    if (path === area.top) return numbers.map((number) => area.folder(number));
    const folder = numbers.find((number) => path === `${area.top}/${area.folder(number)}`);
    if (folder !== undefined) return this.#folderFiles(area, folder, today).map((item) => item.path.slice(path.length + 1));
    const inside = path === '' ? area.top : area.directories.find((directory) => directory.startsWith(`${path}/`));
    return inside === undefined ? undefined : [inside.slice(path.length + 1).split('/')[0] ?? ''];
  }

  findCamera(path: string, today: number): PhoneItem | undefined {
    const area = this.#byDomain.get(cameraDomain);
    if (area === undefined) return undefined;
    if (area.directories.includes(path)) return this.#directory(area, path, 1 + area.directories.indexOf(path));
    for (let folder = 0; folder < folders(area); folder++) {
      const top = `${area.top}/${area.folder(folder)}`;
      if (path === top) return this.#directory(area, path, 1 + area.directories.length + folder);
      if (path.startsWith(`${top}/`)) return this.#folderFiles(area, folder, today).find((item) => item.path === path);
    }
    return undefined;
  }

  #folderFiles(area: BulkArea, folder: number, today: number): PhoneItem[] {
    const path = `${area.top}/${area.folder(folder)}`;
    const end = Math.min(area.count, (folder + 1) * area.perFolder);
    const files: PhoneItem[] = [];
    for (let n = folder * area.perFolder; n < end; n++) files.push(this.#file(area, path, n, today));
    return files;
  }

  /** The day on which a file was last written or replaced; 0 for before the phone's first day. */
  #changedOn(index: number, today: number): number {
    for (let on = today; on > 0; on--) if (mix(index, this.seed + on * 7919) % changesOneIn === 0) return on;
    return 0;
  }

  #file(area: BulkArea, folder: string, n: number, today: number): PhoneItem {
    const index = area.first + n;
    const on = today === 0 ? 0 : this.#changedOn(index, today);
    const isReplaced = on > 0 && index % 4 === 0;
    const age = mix(index, this.seed);
    const modified = on === 0 ? this.#start - (age % oldest) - 1 : this.#start + (on - 1) * day + (age % day);
    const ways = domainFacts(area.domain);
    return {
      domain: area.domain,
      path: `${folder}/${area.file(n, isReplaced ? on : 0)}`,
      kind: 'file',
      mode: 0o100000 | ways.fileMode,
      inode: firstFileInode + index,
      ...owner(ways.userId),
      ...times(modified),
      size: this.#sizes.size(index),
      protectionClass: index % 16 === 15 ? 4 : ways.protectionClass,
      flags: 0,
    };
  }

  #directory(area: BulkArea, path: string, number: number): PhoneItem {
    const ways = domainFacts(area.domain);
    const inode = firstDirectoryInode + this.areas.indexOf(area) * 0x10_0000 + number;
    const fixed = { kind: 'directory', mode: 0o040755, size: 0, protectionClass: 0, flags: 0 } as const;
    return { domain: area.domain, path, inode, ...fixed, ...owner(ways.userId), ...times(this.#start - oldest - day) };
  }
}

const folders = (area: BulkArea): number => Math.ceil(area.count / area.perFolder);
const owner = (id: number): { userId: number; groupId: number } => ({ userId: id, groupId: id });
const times = (at: number): { modified: number; changed: number; born: number } => ({ modified: at, changed: at, born: at });
