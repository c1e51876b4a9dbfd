import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errnoError } from '../fault-file-system.ts';
import type { BeforeOperation } from './disk-in-thread.ts';
import type { World } from './world.ts';

/** Lets the world's disk do something before each operation, beside what it does already; answers how to mend it. */
function behaving(world: World, before: BeforeOperation): () => void {
  const { onDisk } = world;
  world.onDisk = async (operation, args) => {
    await onDisk(operation, args);
    await before(operation, args);
  };
  return () => (world.onDisk = onDisk);
}

export const hangingDisk = (world: World): unknown => behaving(world, () => new Promise(() => undefined));

/** 300 ms for each thing that is written. */
export const slowDisk = (world: World): unknown =>
  behaving(world, async (operation) => {
    if (['write', 'sync', 'writeFileAtomically'].includes(operation)) await sleep(300);
  });

/** Fails one operation, everywhere or where the path ends with `place`; answers how to mend it. */
export const failing = (world: World, operation: string, code: string, place = ''): (() => void) =>
  behaving(world, async (name, [path]) => {
    if (name === operation && String(path).endsWith(place)) throw errnoError(code, name);
  });

/** A fault of ours: something that no disk does. */
export const broken = (world: World, operation: string): (() => void) =>
  behaving(world, async (name) => {
    if (name === operation) throw new TypeError('undefined is not a function');
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
