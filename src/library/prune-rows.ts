import { fileId } from '../format/file-id.ts';
import type { ManifestEntry } from '../format/manifest-reader.ts';
import { kindOfMode, readMbFile, type MbFile } from '../format/mb-file.ts';
import { fileFlag } from '../format/names.ts';
import type { SelectionItem } from '../selection/index.ts';
import { DataError } from '../shared/errors.ts';
import { IdSet } from './id-set.ts';

/** A row that names something; what lacks a part of its name belongs to nobody. */
export interface NamedRow extends ManifestEntry {
  readonly fileId: string;
  readonly domain: string;
  readonly relativePath: string;
  readonly flags: number;
}

export const isNamed = (row: ManifestEntry): row is NamedRow =>
  row.fileId !== undefined && row.domain !== undefined && row.relativePath !== undefined && row.flags !== undefined;

export const isFileRow = ({ flags }: NamedRow): boolean => (flags & fileFlag.file) !== 0;
export const isDirectoryRow = ({ flags }: NamedRow): boolean => (flags & fileFlag.directory) !== 0;

/** Whether a row's id is the SHA-1 of its name: only then is it known whose content lies under the id. */
export const isProven = ({ fileId: id, domain, relativePath }: NamedRow): boolean => id === fileId(domain, relativePath);

/** The record of a row; `undefined` when it cannot be read. */
export function recordOf({ blob }: NamedRow): MbFile | undefined {
  if (!blob) return undefined;
  try {
    return readMbFile(blob);
  } catch (error) {
    if (error instanceof DataError) return undefined;
    throw error;
  }
}

/** Whether a device could restore the row: its record is of this path and kind, and a file of an encrypted backup has its key. */
export function isSound(row: NamedRow, record: MbFile | undefined, isEncrypted: boolean): boolean {
  if (record?.relativePath !== row.relativePath) return false;
  const kind = kindOfMode(record.mode);
  if (isDirectoryRow(row)) return kind === 'directory';
  return isFileRow(row) ? kind === 'file' && (record.encryptionKey !== undefined) === isEncrypted : kind === 'link';
}

/** A row as a selection sees it: with size and date where its record was read. Links have neither. */
export function itemOf(row: NamedRow, record: MbFile | undefined): SelectionItem {
  const { domain, relativePath } = row;
  if (!record || !isFileRow(row)) return { domain, relativePath };
  const { size, modified } = record;
  return { domain, relativePath, size: size !== undefined && size >= 0 ? size : undefined, modified };
}

/** The directories above chosen files and links, up to the domains' roots: devices do not make missing parents when they restore. */
export class Ancestors {
  readonly #ids = new IdSet();
  #last = { domain: '', parent: '\0' };

  addAbove({ domain, relativePath }: Pick<NamedRow, 'domain' | 'relativePath'>): void {
    const parent = parentOf(relativePath);
    // Files come folder by folder.
    if (relativePath === '' || (this.#last.domain === domain && this.#last.parent === parent)) return;
    this.#last = { domain, parent };
    for (let path = parent; ; path = parentOf(path)) {
      const id = fileId(domain, path);
      if (this.#ids.has(id)) return;
      this.#ids.add(id);
      if (path === '') return;
    }
  }

  /** Whether the id is among them; it is marked as found. */
  take(id: string): boolean {
    return this.#ids.take(id);
  }

  /** Whether all were found. */
  get areComplete(): boolean {
    for (const _ of this.#ids.untaken()) return false;
    return true;
  }
}

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
