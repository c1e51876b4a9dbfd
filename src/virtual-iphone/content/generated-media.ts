import type { PhoneItem, PhoneMedia } from '../contract.ts';
import type { Bulk } from './bulk/bulk.ts';
import type { PhoneTree } from './tree.ts';

/** Domains that lie below `/var/mobile` and hold a part of `Media`. */
const mediaDomains = ['CameraRollDomain', 'MediaDomain', 'TonesDomain'] as const;

/** What AFC shows: the media folders of several domains as one. Paths are relative to `/var/mobile/Media`. */
export function mediaOf(tree: PhoneTree, bulk: Bulk | undefined, today: number): PhoneMedia {
  const folders = treeFolders(tree);
  const withTop = (path: string): string => (path === '' ? 'Media' : `Media/${path}`);
  return {
    list(path) {
      const names = folders.get(withTop(path));
      const more = bulk?.listCamera(withTop(path), today);
      return names || more ? [...new Set([...(names ?? []), ...(more ?? [])])] : undefined;
    },
    item: (path) => treeItem(tree, withTop(path)) ?? bulk?.findCamera(withTop(path), today),
  };
}

function treeItem(tree: PhoneTree, path: string): PhoneItem | undefined {
  for (const domain of mediaDomains) {
    const item = tree.find(domain, path);
    if (item) return item;
  }
  return undefined;
}

/** Names by directory. */
function treeFolders(tree: PhoneTree): Map<string, Set<string>> {
  const folders = new Map<string, Set<string>>();
  for (const item of mediaDomains.flatMap((domain) => tree.items(domain))) {
    if (item.kind === 'directory' && !folders.has(item.path)) folders.set(item.path, new Set());
    const slash = item.path.lastIndexOf('/');
    if (slash > 0) folders.get(item.path.slice(0, slash))?.add(item.path.slice(slash + 1));
  }
  return folders;
}
