import { asData, asDict, asString, PlistError, readPlist, type PlistDict, type PlistValue } from '../../../plist/index.ts';
import type { PhoneApp } from '../../contract.ts';
import type { Phone } from '../../service.ts';
import type { BackupSource } from './backup-source.ts';

/** Where hosts leave the apps that are to be installed again, below `/var/mobile/Media`. */
const restoreApplications = 'iTunesRestore/RestoreApplications.plist';

/** Apps after the restore: those of before, and what the host asked to install again over AFC. */
export function appsAfter(phone: Phone): PhoneApp[] {
  const apps = [...phone.content.apps()];
  const ids = new Set(apps.map((app) => app.bundleId));
  for (const [bundleId, facts] of Object.entries(requestedApps(phone))) if (!ids.has(bundleId)) apps.push(installedApp(bundleId, facts));
  return apps;
}

/** Identifiers of apps and groups whose containers may be restored: on the phone, to be installed, or in the backup's own list. */
export function knownContainers(apps: readonly PhoneApp[], source: BackupSource): Set<string> {
  return new Set([...apps.flatMap((app) => [app.bundleId, ...app.groups]), ...source.manifest.applications]);
}

function requestedApps({ mediaFiles }: Phone): PlistDict {
  const bytes = mediaFiles.get(restoreApplications);
  return (bytes && asDict(parse(bytes))) ?? {};
}

function installedApp(bundleId: string, value: PlistValue): PhoneApp {
  const facts = asDict(value);
  const storeMetadata = asData(facts?.['iTunesMetadata']);
  const metadata = storeMetadata && asDict(parse(storeMetadata));
  return {
    bundleId,
    name: asString(metadata?.['itemName']) ?? bundleId,
    version: asString(metadata?.['bundleShortVersionString']) ?? '1.0',
    type: 'User',
    staticUsage: 0,
    dynamicUsage: 0,
    groups: [],
    icon: asData(facts?.['PlaceholderIcon']) ?? Buffer.alloc(0),
    sinf: asData(facts?.['ApplicationSINF']),
    storeMetadata,
  };
}

function parse(bytes: Buffer): PlistValue | undefined {
  try {
    return readPlist(bytes);
  } catch (error) {
    if (!(error instanceof PlistError)) throw error;
    return undefined;
  }
}
