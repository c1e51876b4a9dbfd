import { ManifestReader, type ManifestRow } from '../format/manifest-reader.ts';
import { readMbFile } from '../format/mb-file.ts';
import { fileFlag } from '../format/names.ts';
import { classifierOf, compileSelection, type SelectionItem, type SelectionPredicate } from '../selection/index.ts';
import { DataError } from '../shared/errors.ts';
import type { SelectionSize } from '../shared/plan-facts.ts';
import type { AppDomains, Selection } from '../shared/selection.ts';
import type { TaskContext } from './task.ts';

export interface MeasureContentRequest {
  /** A plain Manifest.db. */
  readonly database: string;
  readonly selections: readonly Selection[];
  readonly apps: readonly AppDomains[];
}

/** Files of one domain that belong to one category (`undefined` for domains that nobody knows). */
export interface ContentCell extends SelectionSize {
  readonly domain: string;
  readonly category: string | undefined;
}

/** What a manifest's files add up to; sizes are those of the records, before encryption. */
export interface ContentSizes extends SelectionSize {
  /** Each file is in one cell. */
  readonly cells: readonly ContentCell[];
  /** Photos and videos by the year of their last change, oldest first. */
  readonly photoYears: readonly (SelectionSize & { readonly year: number })[];
  /** In the order of the request. */
  readonly selections: readonly SelectionSize[];
}

/** More than any phone has; a hostile manifest may name a domain for each row. */
const maxCells = 50_000;

/** Adds up the files of a manifest in one pass. Throws `data.manifest`, `data.limit`. */
export function measureContent(context: TaskContext, request: MeasureContentRequest): ContentSizes {
  const sums = new ContentSums(request.selections.map((selection) => compileSelection(selection, request.apps)));
  const manifest = ManifestReader.open(request.database);
  try {
    for (const row of manifest.rows()) {
      sums.add(row);
      context.advance(1, 0);
    }
  } finally {
    manifest.close();
  }
  return sums.result();
}

type Sum = { -readonly [K in keyof SelectionSize]: SelectionSize[K] };

class ContentSums {
  readonly #predicates: readonly SelectionPredicate[];
  readonly #total: Sum = { bytes: 0, files: 0 };
  readonly #cells = new Map<string, Sum & Omit<ContentCell, keyof SelectionSize>>();
  readonly #years = new Map<number, Sum>();
  readonly #selections: readonly Sum[];

  constructor(predicates: readonly SelectionPredicate[]) {
    this.#predicates = predicates;
    this.#selections = predicates.map(() => ({ bytes: 0, files: 0 }));
  }

  add(row: ManifestRow): void {
    const { domain, relativePath, flags, blob } = row;
    if (domain === undefined || relativePath === undefined || ((flags ?? 0) & fileFlag.file) === 0) return;
    const { size, modified } = factsOf(blob);
    const item: SelectionItem = { domain, relativePath, size, modified };
    const category = classifierOf(domain)(relativePath);
    count(this.#total, size);
    count(this.#cell(domain, category?.id), size);
    if (category?.parent === 'photos' && modified !== undefined) count(this.#year(modified), size);
    for (const [n, matches] of this.#predicates.entries()) if (matches(item)) count(this.#selections[n], size);
  }

  result(): ContentSizes {
    const photoYears = [...this.#years].map(([year, sum]) => ({ year, ...sum })).toSorted((a, b) => a.year - b.year);
    return { ...this.#total, cells: [...this.#cells.values()], photoYears, selections: this.#selections };
  }

  #cell(domain: string, category: string | undefined): Sum {
    const key = `${category}/${domain}`;
    let cell = this.#cells.get(key);
    if (!cell) {
      if (this.#cells.size >= maxCells) throw new DataError('data.limit', 'The manifest names too many domains', { subject: 'Manifest.db' });
      this.#cells.set(key, (cell = { domain, category, bytes: 0, files: 0 }));
    }
    return cell;
  }

  #year(modified: number): Sum {
    const year = new Date(modified * 1000).getFullYear();
    let sum = this.#years.get(year);
    if (!sum) this.#years.set(year, (sum = { bytes: 0, files: 0 }));
    return sum;
  }
}

function count(sum: Sum | undefined, size: number | undefined): void {
  if (!sum) return;
  sum.files++;
  sum.bytes += size ?? 0;
}

/** A record that cannot be decoded has no size; verification reports it. */
function factsOf(blob: Buffer | undefined): Pick<SelectionItem, 'size' | 'modified'> {
  if (!blob) return {};
  try {
    const { size, modified } = readMbFile(blob);
    return { size: size !== undefined && size >= 0 ? size : undefined, modified };
  } catch (error) {
    if (error instanceof DataError) return {};
    throw error;
  }
}
