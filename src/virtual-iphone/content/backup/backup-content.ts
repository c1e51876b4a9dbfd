import { join } from 'node:path';
import { appleFile } from '../../../format/names.ts';
import type { PlistDict } from '../../../plist/index.ts';
import type { PhoneApp, PhoneContent, PhoneItem, PhoneMedia } from '../../contract.ts';
import { backupApps } from './apps.ts';
import { decryptChunks } from './decrypt.ts';
import { checkItems } from './check.ts';
import { BackupContentError, badManifest } from './errors.ts';
import { contentPath, fileChunks, fileStat, readPlistFile } from './host-files.ts';
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

  private constructor(folder: string, { keys, manifest, totals, apps }: Opened) {
    this.totals = totals;
    this.#folder = folder;
    this.#keys = keys;
    this.#manifest = manifest;
    this.#apps = apps;
  }

  static async open(folder: string, password: string | undefined): Promise<BackupContent> {
    const properties = readProperties(folder);
    const keys = await unlockBackup(properties, password);
    const manifest = await ManifestReader.open(folder, keys?.manifestKey);
    try {
      const { items, byDomain } = await checkItems(folder, manifest, keys !== undefined);
      const bytes = [...byDomain.values()].reduce((sum, one) => sum + one, 0);
      const apps = backupApps(readPlistFile(join(folder, appleFile.info)) ?? {}, properties, (domain) => byDomain.get(domain) ?? 0);
      return new BackupContent(folder, { keys, manifest, totals: { items, bytes }, apps });
    } catch (error) {
      manifest.close();
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
    const path = contentPath(this.#folder, item);
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

  #find(domain: string, path: string): BackupItem | undefined {
    const row = this.#manifest.find(fileIdOf(domain, path));
    return row && toItem(row);
  }

  #fileKey(found: BackupItem): Buffer {
    return openKey(this.#keys?.classKeys ?? new Map(), found.key ?? Buffer.alloc(0));
  }
}

interface Opened {
  readonly keys: BackupKeys | undefined;
  readonly manifest: ManifestReader;
  readonly totals: PhoneContent['totals'];
  readonly apps: readonly PhoneApp[];
}

function readProperties(folder: string): PlistDict {
  const path = join(folder, appleFile.manifest);
  const properties = readPlistFile(path);
  if (properties === undefined) throw new BackupContentError('not-a-backup', 'There is no Manifest.plist, so this is no backup', folder);
  if (fileStat(join(folder, appleFile.database)) === undefined && fileStat(join(folder, appleFile.oldDatabase))) {
    throw new BackupContentError('not-a-backup', 'The backup is of iOS 9 or older', folder);
  }
  return properties;
}

/** Directories above a path, from the domain's root on; none above the root itself. */
function ancestors(path: string): string[] {
  if (path === '') return [];
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index).join('/'));
}
