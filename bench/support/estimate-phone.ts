import { createInterface } from 'node:readline';
import type { PhoneApp, PhoneContent, PhoneItem } from '../../src/virtual-iphone/contract.ts';
import { startVirtual } from '../../src/virtual-iphone/index.ts';
import { mobileBackup2Service } from '../../src/virtual-iphone/mobilebackup2/index.ts';

/*
 * A virtual phone with as many apps and photos as wanted, in a process of its own: `node estimate-phone.ts APPS PHOTOS`.
 * Tells where it listens and ends with its standard input.
 */
const [appCount = 500, photoCount = 50_000] = process.argv.slice(2).map(Number);
const perFolder = 999;
const clock = new Date('2026-11-22T10:00:00Z');
const start = clock.getTime() / 1000;
const folderOf = (n: number): string => `${100 + Math.floor(n / perFolder)}APPLE`;

function photo(n: number): PhoneItem {
  const taken = start - (photoCount - n) * 2000;
  return {
    domain: 'CameraRollDomain', path: `Media/DCIM/${folderOf(n)}/IMG_${String(n % 10_000).padStart(4, '0')}.${n % 9 === 0 ? 'MOV' : 'HEIC'}`, kind: 'file', mode: 0o100644,
    inode: 1000 + n, userId: 501, groupId: 501, modified: taken, changed: taken, born: taken, size: n % 9 === 0 ? 40_000_000 : 1_900_000, protectionClass: 3, flags: 0,
  };
}

const directory = (path: string): PhoneItem => ({ ...photo(0), path, kind: 'directory', mode: 0o040755, size: 0, protectionClass: 0 });

const photos = Array.from({ length: photoCount }, (_, n) => photo(n));
const tree = new Map<string, string[]>([['', ['DCIM']], ['DCIM', []]]);
const items = new Map<string, PhoneItem>([['DCIM', directory('Media/DCIM')]]);
for (const item of photos) {
  const path = item.path.slice('Media/'.length);
  const folder = path.slice(0, path.lastIndexOf('/'));
  if (!tree.has(folder)) {
    tree.set(folder, []);
    tree.get('DCIM')?.push(folder.slice('DCIM/'.length));
    items.set(folder, directory(`Media/${folder}`));
  }
  tree.get(folder)?.push(path.slice(folder.length + 1));
  items.set(path, item);
}

const app = (n: number): PhoneApp => ({
  bundleId: `com.example.app${n}`, name: `App ${n}`, version: '1.0', type: 'User', staticUsage: 50_000_000, dynamicUsage: 1_000_000 * (1 + (n % 97)), groups: [],
  icon: Buffer.alloc(0), sinf: Buffer.alloc(1000, 1), storeMetadata: undefined,
});
const apps = Array.from({ length: appCount }, (_, n) => app(n));

const content: PhoneContent = {
  items: () => photos,
  totals: { items: photos.length, bytes: photos.reduce((sum, { size }) => sum + size, 0) },
  read: () => [],
  apps: () => apps,
  media: () => ({ list: (path) => tree.get(path), item: (path) => items.get(path) }),
  advance: () => false,
  close: () => undefined,
};

const virtual = await startVirtual({ seed: 5, ios: '18.5', content, clock, iterations: { sha256: 100, sha1: 10 }, services: [mobileBackup2Service] });
process.stdout.write(`${JSON.stringify({ address: virtual.address, udid: virtual.phone.identity.udid })}\n`);
for await (const _ of createInterface({ input: process.stdin }));
await virtual.close();
