import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A small disk of its own, in memory; it can be made larger and read only while it is there. */
export class SmallDisk {
  readonly folder = mkdtempSync(join(tmpdir(), 'small-disk-'));

  constructor(bytes: number) {
    this.#mount('-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', this.folder);
  }

  /** Bytes. */
  get free(): number {
    const { bavail, bsize } = statfsSync(this.folder);
    return bavail * bsize;
  }

  resize(bytes: number): void {
    this.#mount('-o', `remount,size=${bytes}`, this.folder);
  }

  setReadOnly(isReadOnly: boolean): void {
    this.#mount('-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, this.folder);
  }

  remove(): void {
    execFileSync('umount', [this.folder]);
    rmSync(this.folder, { recursive: true });
  }

  #mount(...args: string[]): void {
    try {
      execFileSync('mount', args, { stdio: 'pipe' });
    } catch (cause) {
      throw new Error('A disk that fills up needs Linux and the right to mount a tmpfs: run this test as root', { cause });
    }
  }
}
