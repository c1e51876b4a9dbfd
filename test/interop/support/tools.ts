import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';

export interface ToolResult {
  readonly code: number | null;
  /** What ended it, where it did not end by itself. */
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

/**
 * Runs a program of the system against a muxer; it is stopped after `limit` ms, which count from `since` on where that is
 * given. Throws with the package's name when it is missing.
 */
export function runTool(name: string, args: readonly string[], address: string, limit = patience, since?: Promise<unknown>): Promise<ToolResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(name, args, { env: { ...process.env, USBMUXD_SOCKET_ADDRESS: address }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    const kill = (): unknown => child.kill('SIGKILL');
    let timer = setTimeout(kill, since ? patience : limit);
    void since?.then(() => {
      clearTimeout(timer);
      timer = setTimeout(kill, limit);
    });
    child.once('error', () => reject(new Error(`${name} is missing: install the Debian package ${packages[name] ?? name}`)));
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, output });
    });
  });
}

/** How long a program may take on a busy machine, in ms. */
const patience = 120_000;

const packages: Readonly<Record<string, string>> = {
  idevice_id: 'libimobiledevice-utils',
  idevicebackup2: 'libimobiledevice-utils',
  idevicediagnostics: 'libimobiledevice-utils',
  ideviceinfo: 'libimobiledevice-utils',
  idevicename: 'libimobiledevice-utils',
  idevicepair: 'libimobiledevice-utils',
  ideviceinstaller: 'ideviceinstaller',
  sha256sum: 'coreutils',
  sqlite3: 'sqlite3',
};

/** SHA-256 of every file below `folder`, by relative path. */
export async function hashTree(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const hashes = new Map<string, string>();
  for (const file of files.toSorted()) hashes.set(relative(folder, file), createHash('sha256').update(await readFile(file)).digest('hex'));
  return hashes;
}
