import { parseDomain } from '../format/domain.ts';
import { selectionKey } from '../format/info-plist.ts';
import { appleFile } from '../format/names.ts';
import { readPlistFile } from '../format/plist-file.ts';
import { AppIndex, type SelectionPredicate } from '../selection/index.ts';
import { asArray, asData, asDict, asString, emptyDict, writeBinaryPlist, writeXmlPlist, type PlistDict, type PlistValue } from '../plist/index.ts';
import type { AppDomains } from '../shared/selection.ts';

/** What of a whole backup is in the custom one. */
export interface KeptParts {
  /** Domains of its manifest. */
  readonly domains: readonly string[];
  readonly apps: readonly AppDomains[];
  readonly matches: SelectionPredicate;
  /** The selection as text. */
  readonly selection: string;
}

const limits = { maxBytes: 256 << 20, maxValues: 1_000_000, maxDepth: 32 };

/** Manifest.plist for the kept domains: containers that hold nothing any more are no longer listed. All else is as the phone wrote it. */
export function pruneManifestPlist(bytes: Buffer, kept: KeptParts): Buffer {
  const dict = readPlistFile(bytes, appleFile.manifest, limits);
  const containers = new Set(kept.domains.flatMap((domain) => parseDomain(domain).id ?? []));
  const owners = ownersOf(kept);
  for (const key of ['Applications', 'Containers']) {
    const list = asDict(dict[key]);
    if (!list) continue;
    const isKept = (id: string, value: PlistValue): boolean => containers.has(id) || owners.has(asString(asDict(value)?.['CFBundleIdentifier']) ?? id);
    dict[key] = filterDict(list, isKept);
  }
  return writeBinaryPlist(dict);
}

/**
 * Info.plist for the kept domains: apps that have no data in the backup are not installed again after a restore. The files
 * that hosts keep in it are data like others, and stay where the selection takes them.
 */
export function pruneInfoPlist(bytes: Buffer, kept: KeptParts): Buffer {
  const dict = readPlistFile(bytes, appleFile.info, limits);
  const owners = ownersOf(kept);
  const installed = asArray(dict['Installed Applications']);
  if (installed) dict['Installed Applications'] = installed.filter((id) => owners.has(asString(id) ?? ''));
  const applications = asDict(dict['Applications']);
  if (applications) dict['Applications'] = filterDict(applications, (id) => owners.has(id));
  const files = asDict(dict['iTunes Files']);
  const isTaken = (name: string): boolean => kept.matches({ domain: 'MediaDomain', relativePath: `Media/iTunes_Control/iTunes/${name}` });
  if (files) dict['iTunes Files'] = filterDict(files, (name, value) => isTaken(name) && asData(value) !== undefined);
  if (!kept.matches({ domain: 'BooksDomain', relativePath: 'iBooksData2.plist' })) delete dict['iBooks Data 2'];
  dict[selectionKey] = kept.selection;
  return writeXmlPlist(dict);
}

/** Bundle ids of apps that own a kept domain. */
function ownersOf({ domains, apps }: KeptParts): Set<string> {
  const index = new AppIndex(apps);
  return new Set(domains.flatMap((domain) => index.owners(domain)));
}

function filterDict(dict: PlistDict, isKept: (key: string, value: PlistValue) => boolean): PlistDict {
  const result = emptyDict();
  for (const [key, value] of Object.entries(dict)) if (isKept(key, value)) result[key] = value;
  return result;
}
