import { asArray, asData, asDict, asInteger, asString, readPlist, type PlistDict, type PlistValue } from '../../plist/index.ts';
import { sizeOf, textOf } from '../values/border.ts';

/** An app on the phone; what the phone did not tell, or was not asked for, is `undefined`. */
export interface InstalledApp {
  readonly bundleId: string;
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly type: 'User' | 'System' | 'Hidden' | undefined;
  /** Bytes of the app itself, which is in no backup. */
  readonly staticUsage: number | undefined;
  /** Bytes of its documents and data. */
  readonly dynamicUsage: number | undefined;
  /** App group identifiers. */
  readonly groups: readonly string[];
  /** The App Store's category, in its English name or the store's language; from the store's metadata. */
  readonly genre: string | undefined;
  readonly sinf: Buffer | undefined;
  readonly storeMetadata: Buffer | undefined;
}

const bundleIdPattern = /^[\w.-]{1,255}$/;
const maxGroups = 1_000;
const types = ['User', 'System', 'Hidden'] as const;

/** Reads one entry of installation_proxy; `undefined` without a usable bundle id. */
export function parseApp(value: PlistValue): InstalledApp | undefined {
  const entry = asDict(value);
  const bundleId = asString(entry?.['CFBundleIdentifier']);
  if (!entry || bundleId === undefined || !bundleIdPattern.test(bundleId)) return undefined;
  return {
    bundleId,
    name: textOf(entry['CFBundleDisplayName']) ?? textOf(entry['CFBundleName']),
    version: textOf(entry['CFBundleShortVersionString']) ?? textOf(entry['CFBundleVersion']),
    type: types.find((type) => type === entry['ApplicationType']),
    staticUsage: sizeOf(asInteger(entry['StaticDiskUsage'])),
    dynamicUsage: sizeOf(asInteger(entry['DynamicDiskUsage'])),
    groups: groupsOf(entry),
    genre: genreOf(asData(entry['iTunesMetadata'])),
    sinf: asData(entry['ApplicationSINF']),
    storeMetadata: asData(entry['iTunesMetadata']),
  };
}

/** Phones give a dictionary of container paths by group; some give only the names. */
function groupsOf(entry: PlistDict): string[] {
  const groups = entry['GroupContainers'];
  const names = Object.keys(asDict(groups) ?? {}).concat((asArray(groups) ?? []).filter((name) => typeof name === 'string'));
  return names.filter((name) => bundleIdPattern.test(name)).slice(0, maxGroups);
}

const metadataLimits = { maxBytes: 1 << 20, maxValues: 10_000, maxDepth: 16 };

function genreOf(metadata: Buffer | undefined): string | undefined {
  if (!metadata) return undefined;
  try {
    return textOf(asDict(readPlist(metadata, metadataLimits))?.['genre']);
  } catch {
    // The store's own file, which nothing depends on.
    return undefined;
  }
}
