import { asArray, asData, asDict, asString, PlistError, readPlist, type PlistDict } from '../../../plist/index.ts';
import type { PhoneApp } from '../../contract.ts';
import { encodePng } from '../media/png.ts';
import { drawIcon } from '../media/screen.ts';
import { Random } from '../random.ts';

const maxNameLength = 200;

/**
 * Apps that a backup knows: Info.plist has those of the person with licence, store metadata and icon, Manifest.plist
 * has versions, system services included. Sizes of the apps themselves are not in a backup: 0.
 */
export function backupApps(info: PlistDict, manifest: PlistDict, bytesOf: (domain: string) => number): PhoneApp[] {
  const stored = asDict(info['Applications']) ?? {};
  const installed = (asArray(info['Installed Applications']) ?? []).filter((id) => typeof id === 'string');
  const known = versions(manifest);
  const userIds = new Set([...installed, ...Object.keys(stored)]);
  const ids = [...new Set([...userIds, ...known.keys()])];
  const icon = encodePng(drawIcon(new Random(0, 'icon of a backed up app'), 120));
  return ids.map((bundleId) => {
    const own = asDict(stored[bundleId]);
    const metadata = asData(own?.['iTunesMetadata']);
    const facts = metadata && parse(metadata);
    return {
      bundleId,
      name: (asString(facts?.['bundleDisplayName']) ?? asString(facts?.['itemName']) ?? bundleId).slice(0, maxNameLength),
      version: asString(facts?.['bundleShortVersionString']) ?? known.get(bundleId) ?? '1.0',
      type: userIds.has(bundleId) ? 'User' : 'System',
      staticUsage: 0,
      dynamicUsage: bytesOf(`AppDomain-${bundleId}`),
      groups: [],
      icon: asData(own?.['PlaceholderIcon']) ?? icon,
      sinf: asData(own?.['ApplicationSINF']),
      storeMetadata: metadata,
    };
  });
}

/** Versions by bundle id; only app containers, no plug-ins and groups. */
function versions(manifest: PlistDict): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(asDict(manifest['Applications']) ?? {})) {
    const facts = asDict(value);
    const kind = asString(facts?.['ContainerContentClass']);
    if (kind !== undefined && kind !== 'Data/Application') continue;
    found.set(asString(facts?.['CFBundleIdentifier']) ?? key, asString(facts?.['CFBundleVersion']) ?? '1.0');
  }
  return found;
}

function parse(bytes: Buffer): PlistDict | undefined {
  try {
    return asDict(readPlist(bytes));
  } catch (error) {
    if (error instanceof PlistError) return undefined;
    throw error;
  }
}
