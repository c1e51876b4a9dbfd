import { chmodSync, copyFileSync, linkSync, lstatSync, mkdirSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

/** A copy with modes, times and hard links: what is one file in `from` is one file in `to`. No process is started for it. */
export function copyTree(from: string, to: string, links = new Map<number, string>()): void {
  const folder = lstatSync(from);
  mkdirSync(to, { recursive: true });
  for (const { name } of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, name), join(to, name)];
    const facts = lstatSync(source);
    if (facts.isDirectory()) {
      copyTree(source, target, links);
      continue;
    }
    const first = links.get(facts.ino);
    if (first !== undefined) linkSync(first, target);
    else {
      copyFileSync(source, target);
      chmodSync(target, facts.mode);
      utimesSync(target, facts.atime, facts.mtime);
      if (facts.nlink > 1) links.set(facts.ino, target);
    }
  }
  chmodSync(to, folder.mode);
  utimesSync(to, folder.atime, folder.mtime);
}
