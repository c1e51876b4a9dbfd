import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NodeFileSystem, type FileSystem } from '../../../../src/library/index.ts';
import { errnoError } from '../fault-file-system.ts';
import type { World } from './world.ts';

/** The real disk, with something before each asynchronous operation. Nothing is bulk work in another thread. */
function behaving(world: World, before: (operation: string, args: readonly unknown[]) => Promise<void>): void {
  const fs = new Proxy<FileSystem>(new NodeFileSystem(), {
    get: (target, name) => {
      if (name === 'isNative') return false;
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function' || typeof name !== 'string') return value;
      return async (...args: unknown[]): Promise<unknown> => {
        await before(name, args);
        const result: unknown = await value.apply(target, args);
        return name === 'open' ? slowHandle(result as object, before) : result;
      };
    },
  });
  world.parts = { ...world.parts, fs };
}

function slowHandle(handle: object, before: (operation: string, args: readonly unknown[]) => Promise<void>): object {
  return new Proxy(handle, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function' || typeof name !== 'string') return value;
      return async (...args: unknown[]): Promise<unknown> => {
        await before(name, args);
        return (await value.apply(target, args)) as unknown;
      };
    },
  });
}

export const hangingDisk = (world: World): void => behaving(world, () => new Promise(() => undefined));

/** 300 ms for each thing that is written. */
export const slowDisk = (world: World): void =>
  behaving(world, async (operation) => {
    if (['write', 'sync', 'writeFileAtomically'].includes(operation)) await sleep(300);
  });

export const failing = (world: World, operation: string, code: string): void =>
  behaving(world, async (name) => {
    if (name === operation) throw errnoError(code, name);
  });

/** A disk of its own in memory; `options` as mount has them. Gone with the world. */
export class Disk {
  readonly folder = mkdtempSync(join(tmpdir(), 'diagnosis-disk-'));

  constructor(bytes: number) {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', this.folder], { stdio: 'pipe' });
  }

  remount(options: string): void {
    execFileSync('mount', ['-o', `remount,${options}`, this.folder], { stdio: 'pipe' });
  }

  remove(): void {
    execFileSync('umount', ['-l', this.folder], { stdio: 'pipe' });
    rmSync(this.folder, { recursive: true });
  }
}

/** Whether this process may mount disks: the tests of small and read-only ones need it. */
export const mayMount = process.platform === 'linux' && process.getuid?.() === 0;
