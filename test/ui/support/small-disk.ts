import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A disk in memory, mounted on a folder; only Linux has it, and only root may mount it. */
export class SmallDisk {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  static async mount(folder: string, mib: number): Promise<SmallDisk> {
    try {
      await run('mount', ['-t', 'tmpfs', '-o', `size=${mib}m,mode=700`, 'tmpfs', folder]);
    } catch (error) {
      throw new Error('A small disk could not be mounted for this test: it needs Linux, root and the right to mount.', { cause: error });
    }
    return new SmallDisk(folder);
  }

  async resize(mib: number): Promise<void> {
    await this.#remount(`size=${mib}m`);
  }

  async setWritable(writable: boolean): Promise<void> {
    await this.#remount(writable ? 'rw' : 'ro');
  }

  async unmount(): Promise<void> {
    await run('umount', ['--lazy', this.#folder]);
  }

  async #remount(options: string): Promise<void> {
    await run('mount', ['-o', `remount,${options}`, this.#folder]);
  }
}
