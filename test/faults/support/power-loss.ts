import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { copyTree } from './copy-tree.ts';
import { errnoError, type FaultHooks, type Operation } from './fault-file-system.ts';

type Change =
  | { readonly kind: 'write'; readonly path: string; readonly chunks: Buffer[]; readonly isAppend: boolean }
  /** Content that was synced before it got its name: whole, or not there. */
  | { readonly kind: 'atomic'; readonly path: string; readonly content: Buffer }
  | { readonly kind: 'folder' | 'remove'; readonly path: string }
  | { readonly kind: 'rename' | 'link' | 'copy'; readonly from: string; readonly to: string };

/**
 * What a disk may hold after the power fails: all that was there at the last `sync`, and of what came later any part.
 * Each later change may be lost by itself, whatever came after it (so they are reordered too), and file content may be
 * torn or zeroed. SQLite's lock file is not part of the model.
 */
export class PowerLossModel {
  readonly #root: string;
  readonly #durable: string;
  #changes: Change[] = [];
  readonly #open = new Map<number, Extract<Change, { kind: 'write' }>>();
  readonly #isCut: (operation: Operation) => boolean;
  #isOff = false;

  /** `durable`: a folder for the state at the last barrier, outside of `root`. The power fails before the operation that `isCut` tells. */
  constructor(root: string, durable: string, isCut: (operation: Operation) => boolean) {
    this.#isCut = isCut;
    this.#root = root;
    this.#durable = durable;
    this.#keep();
  }

  readonly hooks: FaultHooks = {
    before: (operation) => {
      if (this.#isOff || this.#isCut(operation)) {
        this.#isOff = true;
        throw errnoError('EIO', 'power');
      }
    },
    after: (operation, result) => {
      if (operation.name === 'sync' || operation.name === 'syncFolder') this.#keep();
      else this.#note(operation, result);
    },
  };

  /** Replaces `root` by what the disk holds after the power cut. */
  cut(random: () => number): void {
    rmSync(this.#root, { recursive: true, force: true });
    copyTree(this.#durable, this.#root);
    for (const change of this.#changes) if (random() < 0.6) apply(change, random);
  }

  #keep(): void {
    rmSync(this.#durable, { recursive: true, force: true });
    copyTree(this.#root, this.#durable);
    this.#changes = [];
  }

  #note({ name, args }: Operation, result: unknown): void {
    const [path = '', other = ''] = args as string[];
    if ((name === 'create' || name === 'openToAppend') && typeof result === 'number') {
      const change = { kind: 'write' as const, path, chunks: [], isAppend: name === 'openToAppend' };
      this.#open.set(result, change);
      this.#changes.push(change);
    } else if (name === 'write' && typeof args[0] === 'number') this.#noteWrite(args[0], args[1] as Uint8Array);
    else if (name === 'writeFileAtomically') this.#changes.push({ kind: 'atomic', path, content: Buffer.from(args[1] as Uint8Array) });
    else if (name === 'makeDirectory') this.#changes.push({ kind: 'folder', path });
    else if (name === 'remove' || name === 'removeTree') this.#changes.push({ kind: 'remove', path });
    else if (name === 'rename' || name === 'link') this.#changes.push({ kind: name, from: path, to: other });
    else if (name === 'copyFile') this.#changes.push({ kind: 'copy', from: path, to: other });
  }

  /** A file that stays open over a barrier goes on as a new change. */
  #noteWrite(file: number, bytes: Uint8Array): void {
    const known = this.#open.get(file);
    if (!known) return;
    const isPending = this.#changes.includes(known);
    const change = isPending ? known : { ...known, chunks: [], isAppend: true };
    if (!isPending) {
      this.#open.set(file, change);
      this.#changes.push(change);
    }
    change.chunks.push(Buffer.from(bytes));
  }
}

function apply(change: Change, random: () => number): void {
  try {
    applyOrThrow(change, random);
  } catch (error) {
    // What it builds on was lost.
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['ENOENT', 'EEXIST', 'ENOTEMPTY', 'ENOTDIR', 'EISDIR', 'EPERM', 'ERR_FS_EISDIR'].includes(code)) throw error;
  }
}

function applyOrThrow(change: Change, random: () => number): void {
  switch (change.kind) {
    case 'write': {
      const before = change.isAppend && existsSync(change.path) ? readFileSync(change.path) : Buffer.alloc(0);
      if (!existsSync(dirname(change.path))) return;
      writeFileSync(change.path, Buffer.concat([before, torn(Buffer.concat(change.chunks), random)]));
      return;
    }
    case 'atomic':
      writeFileSync(change.path, change.content);
      return;
    case 'folder':
      mkdirSync(change.path);
      return;
    case 'remove':
      rmSync(change.path, { recursive: true, force: true });
      return;
    case 'rename':
      renameSync(change.from, change.to);
      return;
    case 'link':
      linkSync(change.from, change.to);
      return;
    case 'copy':
      writeFileSync(change.to, torn(readFileSync(change.from), random));
  }
}

/** Whole, cut off, or with zeros where blocks were never written. */
function torn(content: Buffer, random: () => number): Buffer {
  const dice = random();
  if (dice < 0.4) return content;
  const at = Math.floor(random() * (content.length + 1));
  if (dice < 0.7) return content.subarray(0, at);
  return Buffer.concat([content.subarray(0, at), Buffer.alloc(content.length - at)]);
}
