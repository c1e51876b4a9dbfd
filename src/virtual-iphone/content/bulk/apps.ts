import type { PhoneApp } from '../../contract.ts';
import { encodePng } from '../media/png.ts';
import { drawIcon } from '../media/screen.ts';
import { Random } from '../random.ts';
import type { Bulk } from './bulk.ts';

// As of the apps in the catalogue, streaming ones left out.
const cacheShares = [0.05, 0.6] as const;
const groupPrefix = 'AppDomainGroup-';
const bundleBytes = [20_000_000, 400_000_000] as const;

/** The apps that own generated files; their caches are a seeded share of their data. */
export function bulkApps(bulk: Bulk): PhoneApp[] {
  const bytes = new Map<string, number>();
  const groups = new Map<string, readonly string[]>();
  for (const area of bulk.areas) {
    if (area.bundleId === undefined) continue;
    bytes.set(area.bundleId, (bytes.get(area.bundleId) ?? 0) + bulk.bytesOf(area));
    if (area.domain.startsWith(groupPrefix)) groups.set(area.bundleId, [area.domain.slice(groupPrefix.length)]);
  }
  const icon = encodePng(drawIcon(new Random(bulk.seed, 'bulk icon'), 120));
  return [...bytes].map(([bundleId, kept]) => {
    const random = new Random(bulk.seed, `app ${bundleId}`);
    const share = cacheShares[0] + random.fraction() * (cacheShares[1] - cacheShares[0]);
    const dynamicUsage = Math.floor(kept / (1 - share));
    return {
      bundleId,
      name: `Bulk ${bundleId.slice(-3)}`,
      version: `1.${random.integer(0, 20)}`,
      type: 'User',
      staticUsage: random.spread(...bundleBytes),
      dynamicUsage,
      cacheUsage: dynamicUsage - kept,
      groups: groups.get(bundleId) ?? [],
      icon,
      sinf: undefined,
      storeMetadata: undefined,
    };
  });
}
