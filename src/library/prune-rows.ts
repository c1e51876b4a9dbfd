import { fileId } from '../format/file-id.ts';
import type { ManifestRow } from '../format/manifest-reader.ts';
import { readMbFile } from '../format/mb-file.ts';
import { fileFlag } from '../format/names.ts';
import type { SelectionPredicate } from '../selection/index.ts';
import { DataError } from '../shared/errors.ts';
import { IdSet } from './id-set.ts';

/** A row that names something; what lacks a part of its name belongs to nobody. */
export interface NamedRow extends ManifestRow {
  readonly fileId: string;
  readonly domain: string;
  readonly relativePath: string;
  readonly flags: number;
}

export const isNamed = (row: ManifestRow): row is NamedRow =>
  row.fileId !== undefined && row.domain !== undefined && row.relativePath !== undefined && row.flags !== undefined && row.blob !== undefined;

export const isFileRow = ({ flags }: NamedRow): boolean => (flags & fileFlag.file) !== 0;

export interface RowFacts {
  /** Of a file, by its record; 0 for all else. */
  readonly size: number;
  readonly isSelected: boolean;
}

/**
 * What a row is and whether it is chosen. Directories come only with what is in them: the name of one whose files were all
 * left out would tell of them. Links have neither size nor date.
 */
export function judgeRow(row: NamedRow, matches: SelectionPredicate): RowFacts {
  const { domain, relativePath, flags } = row;
  if ((flags & fileFlag.directory) !== 0) return { size: 0, isSelected: false };
  if (!isFileRow(row)) return { size: 0, isSelected: matches({ domain, relativePath }) };
  const { size, modified } = recordOf(row);
  return { size: size ?? 0, isSelected: matches({ domain, relativePath, size, modified }) };
}

/** A record that cannot be read is kept out: nobody could restore it. */
function recordOf({ blob }: NamedRow): { readonly size?: number | undefined; readonly modified?: number } {
  try {
    const { size, modified } = blob ? readMbFile(blob) : {};
    return { size: size !== undefined && size >= 0 ? size : undefined, ...(modified === undefined ? {} : { modified }) };
  } catch (error) {
    if (error instanceof DataError) return {};
    throw error;
  }
}

/** The directories above chosen files and links, up to the domains' roots: devices do not make missing parents when they restore. */
export class Ancestors {
  readonly #ids = new IdSet();
  #last = { domain: '', parent: '\0' };

  addAbove({ domain, relativePath }: Pick<NamedRow, 'domain' | 'relativePath'>): void {
    let path = relativePath;
    while (path !== '') {
      path = path.slice(0, Math.max(0, path.lastIndexOf('/')));
      // Files come folder by folder.
      if (this.#last.domain === domain && this.#last.parent === path) return;
      if (path === parentOf(relativePath)) this.#last = { domain, parent: path };
      const id = fileId(domain, path);
      if (this.#ids.has(id)) return;
      this.#ids.add(id);
    }
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  get size(): number {
    return this.#ids.size;
  }
}

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
