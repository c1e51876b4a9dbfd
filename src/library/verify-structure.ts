import { join } from 'node:path';
import { fileId } from '../format/file-id.ts';
import { readManifestPlist } from '../format/manifest-plist.ts';
import { ManifestReader, type ManifestRow } from '../format/manifest-reader.ts';
import { kindOfMode, readMbFile, type FileKind } from '../format/mb-file.ts';
import { appleFile, fileFlag, fileIdPattern } from '../format/names.ts';
import { UnlockedKeybag } from '../format/unlock.ts';
import { readStatus } from '../format/status-plist.ts';
import { DataError } from '../shared/errors.ts';
import { contentPath } from './checksum-file.ts';
import { contentFiles } from './content-walk.ts';
import { IdSet } from './id-set.ts';
import type { TaskContext } from './task.ts';
import { readSmallFile } from './small-file.ts';
import { maxListed } from './verify-bytes.ts';
import type { Damage } from './types.ts';

export interface VerifyStructureRequest {
  /** The Apple folder. */
  readonly apple: string;
  /** A plain Manifest.db, or `undefined` for an encrypted one without its password. */
  readonly manifest: string | undefined;
  /** Class keys, for the wrapped key of each file to be tried. */
  readonly keys: ReadonlyMap<number, Uint8Array> | undefined;
}

export interface VerifyStructureResult {
  readonly rows: number;
  readonly damage: readonly Damage[];
  /** Damage beyond what is listed. */
  readonly unlisted: number;
}

const blockLength = 16;

/** Compares a backup with its own manifest, without a device: section by section, whatever can be read of it. */
export const verifyStructure = (context: TaskContext, request: VerifyStructureRequest): VerifyStructureResult => new StructureCheck(context, request).run();

class StructureCheck {
  readonly #context: TaskContext;
  readonly #request: VerifyStructureRequest;
  readonly #damage: Damage[] = [];
  readonly #directories = new IdSet();
  #contents = new IdSet();
  readonly #keybag: UnlockedKeybag | undefined;
  #isEncrypted = false;
  #rows = 0;
  #unlisted = 0;

  constructor(context: TaskContext, request: VerifyStructureRequest) {
    this.#context = context;
    this.#request = request;
    this.#keybag = request.keys && new UnlockedKeybag(new Map([...request.keys].map(([number, key]) => [number, Buffer.from(key)])));
  }

  run(): VerifyStructureResult {
    this.#guard('status', appleFile.status, () => this.#checkStatus());
    this.#guard('manifest', appleFile.manifest, () => {
      this.#isEncrypted = readManifestPlist(this.#readSmall(appleFile.manifest)).isEncrypted;
    });
    const { manifest } = this.#request;
    if (manifest !== undefined) this.#guard('manifest', appleFile.database, () => this.#checkManifest(manifest));
    return { rows: this.#rows, damage: this.#damage, unlisted: this.#unlisted };
  }

  #checkStatus(): void {
    const { snapshotState, backupState } = readStatus(this.#readSmall(appleFile.status));
    if (snapshotState !== 'finished' || backupState !== 'new') throw new DataError('data.status', `State is ${backupState}, ${snapshotState}`);
  }

  #checkManifest(path: string): void {
    const manifest = ManifestReader.open(path);
    try {
      if (manifest.integrityProblems(1).length > 0) this.#report('manifest', appleFile.database);
      this.#collect(manifest);
      for (const row of manifest.rows()) this.#checkRow(row);
      this.#checkContents();
    } finally {
      manifest.close();
    }
  }

  #collect(manifest: ManifestReader): void {
    this.#contents = new IdSet(manifest.count());
    for (const { fileId: id, flags } of manifest.identities()) {
      if (!fileIdPattern.test(id)) continue;
      if (flags & fileFlag.directory) this.#directories.add(id);
      else if (flags & fileFlag.file) this.#contents.add(id);
    }
  }

  #checkRow(row: ManifestRow): void {
    this.#rows++;
    this.#context.advance(1, 0);
    const { fileId: id, domain, relativePath, flags, blob } = row;
    if (id === undefined || domain === undefined || relativePath === undefined || flags === undefined || blob === undefined) {
      this.#report('row', id ?? appleFile.database, row);
      return;
    }
    if (fileId(domain, relativePath) !== id || !this.#hasParent(domain, relativePath)) this.#report('row', id, row);
    try {
      const file = readMbFile(blob);
      if (file.relativePath !== relativePath || !agrees(flags, kindOfMode(file.mode))) this.#report('row', id, row);
      if (flags & fileFlag.file) this.#checkContent(id, row, file.encryptionKey);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      this.#report('row', id, row);
    }
  }

  /** Devices do not make missing parents when they restore. */
  #hasParent(domain: string, relativePath: string): boolean {
    if (relativePath === '') return true;
    const parent = relativePath.slice(0, Math.max(0, relativePath.lastIndexOf('/')));
    return this.#directories.has(fileId(domain, parent));
  }

  #checkContent(id: string, row: ManifestRow, key: Buffer | undefined): void {
    const path = contentPath(id, true);
    const facts = this.#context.files.stat(join(this.#request.apple, path));
    if (!facts) this.#report('missing', path, row);
    else if (facts.kind !== 'file' || (this.#isEncrypted && facts.size % blockLength !== 0)) this.#report('changed', path, row);
    if (this.#isEncrypted && !key) this.#report('row', id, row);
    if (key && this.#keybag) this.#keybag.unwrap(key);
  }

  #checkContents(): void {
    for (const { id, path } of contentFiles(this.#context.files, this.#request.apple)) {
      if (!this.#contents.take(id)) this.#report('extra', path);
    }
  }

  #report(code: Damage['code'], path: string, row?: ManifestRow): void {
    if (this.#damage.length < maxListed) this.#damage.push({ code, path, domain: row?.domain, relativePath: row?.relativePath });
    else this.#unlisted++;
  }

  #readSmall(name: string): Buffer {
    const bytes = readSmallFile(this.#context.files, join(this.#request.apple, name));
    if (!bytes) throw new DataError('data.damaged', `${name} is missing`, { subject: name });
    return bytes;
  }

  #guard(code: Damage['code'], path: string, check: () => void): void {
    try {
      check();
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      this.#report(code, path);
    }
  }
}

function agrees(flags: number, kind: FileKind): boolean {
  if (flags & fileFlag.file) return kind === 'file';
  if (flags & fileFlag.directory) return kind === 'directory';
  return (flags & fileFlag.link) === 0 || kind === 'link';
}
