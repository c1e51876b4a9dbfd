import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileFlag } from '../format/names.ts';
import { readMbFile, type MbFile } from '../format/mb-file.ts';
import type { ManifestReader, ManifestRow } from '../format/manifest-reader.ts';
import { mediaKind } from '../device/index.ts';
import { throwIfCancelled } from '../shared/cancel.ts';
import { AgeCurve } from './age-curve.ts';
import { rowCategory } from './row-category.ts';
import { YearTally } from './year-tally.ts';

/** Files of one domain that are shown under one category. */
export interface DomainPart {
  readonly domain: string;
  /** `undefined` for domains that nobody knows. */
  readonly category: string | undefined;
  bytes: number;
  files: number;
  /** By how long before the backup files were last changed, and made. */
  readonly changed: AgeCurve;
  readonly born: AgeCurve;
  readonly years: YearTally | undefined;
}

/** What a manifest says, added up. */
export interface BackupSizes {
  /** By the phone's clock. */
  readonly date: Date;
  readonly parts: readonly DomainPart[];
  readonly bytes: number;
  readonly files: number;
  /** Rows whose record told no size. */
  readonly unreadable: number;
}

/** BSD flag of a file whose content is in iCloud only: it has a size, and a backup nothing of it. */
const dataless = 0x40000000;

/** Rows between two looks at the rest of the world. */
const rowsPerTurn = 4000;
/** A phone has some thousand domains; what a damaged manifest has beyond is added to one. */
const maxParts = 20_000;

/** Adds a manifest up, in bounded memory. Throws `data.manifest`, or `CancelledError`. */
export async function addUpBackup(reader: ManifestReader, date: Date, signal?: AbortSignal): Promise<BackupSizes> {
  const tally = new BackupTally(date);
  let rows = 0;
  for (const row of reader.rows()) {
    tally.add(row);
    if (++rows % rowsPerTurn !== 0) continue;
    await nextTurn();
    throwIfCancelled(signal);
  }
  return tally.sizes();
}

class BackupTally {
  readonly #date: Date;
  readonly #parts = new Map<string, DomainPart>();
  #unreadable = 0;

  constructor(date: Date) {
    this.#date = date;
  }

  add(row: ManifestRow): void {
    if (row.flags === undefined || (row.flags & fileFlag.file) === 0) return;
    const { domain = '', relativePath = '' } = row;
    const file = recordOf(row);
    const size = file && (file.flags & dataless) === 0 ? file.size : file && 0;
    if (size === undefined || !(size >= 0) || !Number.isSafeInteger(size)) {
      this.#unreadable++;
      return;
    }
    this.#count(this.#part(domain, relativePath), relativePath, file, size);
  }

  sizes(): BackupSizes {
    const parts = [...this.#parts.values()];
    const total = (of: 'bytes' | 'files'): number => parts.reduce((sum, part) => sum + part[of], 0);
    return { date: this.#date, parts, bytes: total('bytes'), files: total('files'), unreadable: this.#unreadable };
  }

  #part(domain: string, relativePath: string): DomainPart {
    const category = rowCategory({ domain, relativePath });
    const key = this.#parts.size < maxParts ? `${category ?? ''}\0${domain}` : '';
    let part = this.#parts.get(key);
    if (!part) {
      const isPhotos = category === 'photos';
      const isKnown = key !== '';
      part = {
        domain: isKnown ? domain : '', category: isKnown ? category : undefined, bytes: 0, files: 0,
        changed: new AgeCurve(), born: new AgeCurve(), years: isPhotos ? new YearTally() : undefined,
      };
      this.#parts.set(key, part);
    }
    return part;
  }

  #count(part: DomainPart, path: string, file: MbFile | undefined, size: number): void {
    part.bytes += size;
    part.files++;
    if (!file) return;
    const now = this.#date.getTime() / 1000;
    part.changed.add(now - file.modified, size);
    part.born.add(now - file.born, size);
    part.years?.add(new Date(file.modified * 1000), mediaKind(path), size);
  }
}

function recordOf(row: ManifestRow): MbFile | undefined {
  if (!row.blob) return undefined;
  try {
    return readMbFile(row.blob);
  } catch {
    // Counted as unreadable; verification is another matter.
    return undefined;
  }
}
