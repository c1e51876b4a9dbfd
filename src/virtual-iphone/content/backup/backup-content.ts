import { join } from 'node:path';
import { appleFile } from '../../../format/names.ts';
import type { PhoneApp, PhoneContent, PhoneItem, PhoneMedia } from '../../contract.ts';
import { backupApps } from './apps.ts';
import { decryptChunks } from './decrypt.ts';
import { BackupContentError, badManifest } from './errors.ts';
import { fileChunks, fileStat, readPlistFile } from './host-files.ts';
import { fileIdOf, missingDirectory, toItem, type BackupItem } from './items.ts';
import { ManifestReader } from './manifest.ts';
import { openKey, unlockBackup, type BackupKeys } from './unlock.ts';

const mediaDomains = ['CameraRollDomain', 'MediaDomain', 'TonesDomain'] as const;
const blockBytes = 16;

/**
 * The content of an existing Apple backup (Manifest.db, iOS 10 and later), plain or encrypted.
 *
 * Opening reads the whole manifest once and looks for every file, so that a damaged backup is refused here and not in
 * the middle of a conversation. Throws `BackupContentError`.
 */
export class BackupContent implements PhoneContent {
  readonly totals: { readonly items: number; readonly bytes: number };
  readonly #folder: string;
  readonly #keys: BackupKeys | undefined;
  readonly #manifest: ManifestReader;
  readonly #apps: readonly PhoneApp[];

  constructor(folder: string, password: string | undefined) {
    const manifestPath = join(folder, appleFile.manifest);
    const manifest = readPlistFile(manifestPath);
    if (manifest === undefined) throw new BackupContentError('not-a-backup', 'There is no Manifest.plist, so this is no backup', folder);
    if (fileStat(join(folder, appleFile.database)) === undefined && fileStat(join(folder, appleFile.oldDatabase))) {
      throw new BackupContentError('not-a-backup', 'The backup is of iOS 9 or older', folder);
    }
    this.#folder = folder;
    this.#keys = unlockBackup(manifest, password);
    this.#manifest = new ManifestReader(folder, this.#keys?.manifestKey);
    try {
      const { items, bytes, byDomain } = this.#check();
      this.totals = { items, bytes };
      this.#apps = backupApps(readPlistFile(join(folder, appleFile.info)) ?? {}, manifest, (domain) => byDomain.get(domain) ?? 0);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  *items(): Iterable<PhoneItem> {
    let domain: string | undefined;
    let directories = new Set<string>();
    for (const row of this.#manifest.rows()) {
      const found = toItem(row);
      if (found === undefined) continue;
      const { item } = found;
      if (item.domain !== domain) directories = new Set();
      domain = item.domain;
      for (const path of ancestors(item.path)) {
        if (!directories.has(path)) yield missingDirectory(domain, path);
        directories.add(path);
      }
      if (item.kind === 'directory') directories.add(item.path);
      yield item;
    }
  }

  read(item: PhoneItem, chunkSize: number): Iterable<Buffer> {
    const found = this.#find(item.domain, item.path);
    if (found?.item.kind !== 'file') throw badManifest('Not a file of this backup', `${item.domain}-${item.path}`);
    const path = this.#contentPath(item);
    if (found.item.size === 0 && fileStat(path) === undefined) return [];
    if (this.#keys === undefined) return fileChunks(path, chunkSize);
    // Whole blocks, so that no chunk grows by what was left of the one before.
    const chunks = fileChunks(path, Math.max(blockBytes, chunkSize - (chunkSize % blockBytes)));
    return decryptChunks(chunks, this.#fileKey(found), found.item.size);
  }

  apps(): readonly PhoneApp[] {
    return this.#apps;
  }

  media(): PhoneMedia {
    const withTop = (path: string): string => (path === '' ? 'Media' : `Media/${path}`);
    const item = (path: string): PhoneItem | undefined => {
      return mediaDomains.map((domain) => this.#find(domain, withTop(path))?.item).find((found) => found !== undefined);
    };
    const list = (path: string): string[] | undefined => {
      if (item(path)?.kind !== 'directory') return undefined;
      return [...new Set(mediaDomains.flatMap((domain) => this.#manifest.names(domain, withTop(path))))];
    };
    return { item, list };
  }

  advance(): boolean {
    return false;
  }

  close(): void {
    this.#manifest.close();
  }

  /** Reads every row, looks for every file. Bytes are those of the records. */
  #check(): { items: number; bytes: number; byDomain: Map<string, number> } {
    const byDomain = new Map<string, number>();
    let items = 0;
    for (const row of this.#manifest.rows()) {
      const found = toItem(row);
      if (found === undefined) continue;
      items++;
      if (found.item.kind !== 'file') continue;
      this.#checkFile(found);
      byDomain.set(found.item.domain, (byDomain.get(found.item.domain) ?? 0) + found.item.size);
    }
    return { items, bytes: [...byDomain.values()].reduce((sum, bytes) => sum + bytes, 0), byDomain };
  }

  #checkFile(found: BackupItem): void {
    const subject = `${found.item.domain}-${found.item.path}`;
    if (this.#keys && found.key === undefined) throw badManifest('A file of an encrypted backup has no key', subject);
    const stat = fileStat(this.#contentPath(found.item));
    if (stat === undefined && found.item.size > 0) throw new BackupContentError('damaged', 'A file of the backup is missing', subject);
    if (this.#keys && stat && stat.size % blockBytes !== 0) {
      throw new BackupContentError('damaged', 'An encrypted file has an impossible length', subject);
    }
  }

  #find(domain: string, path: string): BackupItem | undefined {
    const row = this.#manifest.find(fileIdOf(domain, path));
    return row && toItem(row);
  }

  #fileKey(found: BackupItem): Buffer {
    return openKey(this.#keys?.classKeys ?? new Map(), found.key ?? Buffer.alloc(0));
  }

  #contentPath({ domain, path }: PhoneItem): string {
    const fileId = fileIdOf(domain, path);
    return join(this.#folder, fileId.slice(0, 2), fileId);
  }
}

/** Directories above a path, from the domain's root on; none above the root itself. */
function ancestors(path: string): string[] {
  if (path === '') return [];
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index).join('/'));
}
