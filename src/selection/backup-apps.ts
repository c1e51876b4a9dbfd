import type { InfoPlist } from '../format/info-plist.ts';
import type { ManifestPlist } from '../format/manifest-plist.ts';
import { asDict, asString, readPlist } from '../plist/index.ts';
import type { AppDomains } from '../shared/selection.ts';
import { bundleIdPattern } from './limits.ts';

const maxApps = 20_000;
const metadataLimits = { maxBytes: 1 << 20, maxValues: 10_000, maxDepth: 16 };

/** Apps that a backup names, with the store's names for them; who shares which group is not in a backup. In order of bundle ids. */
export function appsOfBackup(manifest: ManifestPlist, info: InfoPlist | undefined): AppDomains[] {
  const ids = new Set<string>(info?.installedApps);
  for (const [container, { bundleId, containerClass }] of manifest.applications) {
    if (containerClass === undefined || containerClass === 'Data/Application') ids.add(bundleId ?? container);
  }
  const usable = [...ids].filter((id) => bundleIdPattern.test(id)).toSorted();
  return usable.slice(0, maxApps).map((bundleId) => ({ bundleId, name: storeName(info, bundleId), groups: [], plugins: [] }));
}

function storeName(info: InfoPlist | undefined, bundleId: string): string | undefined {
  const metadata = info?.applications.get(bundleId)?.storeMetadata;
  if (!metadata) return undefined;
  try {
    const dict = asDict(readPlist(metadata, metadataLimits));
    return (asString(dict?.['bundleDisplayName']) ?? asString(dict?.['itemName']))?.slice(0, 255);
  } catch {
    // The store's own file, which nothing depends on.
    return undefined;
  }
}
