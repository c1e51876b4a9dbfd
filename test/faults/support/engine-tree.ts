import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Name, kind, mode, time of change and SHA-256 of all below `folder`, itself included, by relative path. */
export function treePrint(folder: string, ignore: (path: string) => boolean = () => false): Map<string, string> {
  const prints = new Map<string, string>();
  const pending = [folder];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const name = relative(folder, path);
    if (ignore(name)) continue;
    const facts = lstatSync(path);
    if (facts.isDirectory()) pending.push(...readdirSync(path).map((child) => join(path, child)));
    const content = facts.isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : facts.isSymbolicLink() ? readlinkSync(path) : '';
    prints.set(name, `${facts.mode.toString(8)} ${facts.mtimeMs} ${content}`);
  }
  return new Map([...prints].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The history's own notes of an entry change; what the phone sent never does. */
export const isRecord = (path: string): boolean => path === '' || path === 'backup.json';
