import type { PhoneApp, PhoneContent, PhoneItem } from '../../../src/virtual-iphone/contract.ts';

const png = Buffer.from('89504e470d0a1a0a', 'hex');

export function item(domain: string, path: string, kind: PhoneItem['kind'], size = 0): PhoneItem {
  const mode = { file: 0o100644, directory: 0o040755, link: 0o120755 }[kind];
  return {
    domain, path, kind, mode, size, inode: 1, userId: 501, groupId: 501, modified: 1_700_000_000, changed: 1_700_000_000, born: 1_690_000_000,
    protectionClass: kind === 'file' ? 3 : 0, flags: 0, target: kind === 'link' ? 'DCIM' : undefined,
  };
}

export function app(bundleId: string, change: Partial<PhoneApp> = {}): PhoneApp {
  return {
    bundleId, name: bundleId, version: '1.2', type: 'User', staticUsage: 1000, dynamicUsage: 20, groups: [], icon: png,
    sinf: Buffer.from('sinf'), storeMetadata: Buffer.from('metadata'), ...change,
  };
}

/** A picture of 600 KB under DCIM, a link, and a document of one app. */
export function fewFiles(apps: readonly PhoneApp[] = []): PhoneContent {
  const picture = item('CameraRollDomain', 'Media/DCIM/100APPLE/IMG_0001.JPG', 'file', 600_000);
  const note = item('AppDomain-com.example.notes', 'Documents/note.txt', 'file', 5);
  const documents = item('AppDomain-com.example.notes', 'Documents', 'directory');
  const media = new Map([['DCIM', item('CameraRollDomain', 'Media/DCIM', 'directory')], ['DCIM/100APPLE/IMG_0001.JPG', picture], ['Link', item('MediaDomain', 'Media/Link', 'link')]]);
  const folders: Record<string, string[]> = { '': ['DCIM', 'Link'], DCIM: ['100APPLE'], 'DCIM/100APPLE': ['IMG_0001.JPG'] };
  return {
    items: () => [item('AppDomain-com.example.notes', '', 'directory'), documents, note, item('CameraRollDomain', '', 'directory'), picture],
    totals: { items: 5, bytes: 600_005 },
    *read(file, chunkSize) {
      const bytes = file.size === 5 ? Buffer.from('hello') : pictureBytes();
      for (let at = 0; at < bytes.length; at += chunkSize) yield bytes.subarray(at, at + chunkSize);
    },
    apps: () => apps,
    media: () => ({ list: (path) => folders[path], item: (path) => media.get(path) }),
    advance: () => false,
    close: () => undefined,
  };
}

export function pictureBytes(): Buffer {
  const bytes = Buffer.alloc(600_000);
  for (let at = 0; at < bytes.length; at += 4) bytes.writeUInt32LE(at, at);
  return bytes;
}
