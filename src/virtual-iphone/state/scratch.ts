import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const prefix = 'virtual-iphone-';
let folder: string | undefined;
let files = 0;

/**
 * A new path in this process's private folder for the phone's own storage (snapshot databases, restored content).
 * Everything in it goes when the process ends; what a killed process left goes at the next first use.
 */
export function scratchPath(name: string): string {
  folder ??= openFolder();
  return join(folder, `${++files}-${name}`);
}

export function dropScratch(path: string): void {
  rmSync(path, { recursive: true, force: true });
}

function openFolder(): string {
  for (const name of readdirSync(tmpdir())) if (isAbandoned(name)) dropScratch(join(tmpdir(), name));
  const made = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  process.once('exit', () => dropScratch(made));
  return made;
}

function isAbandoned(name: string): boolean {
  const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
