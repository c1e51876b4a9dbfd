import { splitDomain } from '../backup/device-paths.ts';

/*
 * What a restore touches. The phone's rule file is not public in full; these are the choices of the virtual phone.
 */

/** Domains whose files are the person's own; they return without RestoreSystemFiles. All other plain domains are the system's. */
const userDomains: ReadonlySet<string> = new Set(['CameraRollDomain', 'MediaDomain', 'BooksDomain', 'TonesDomain']);
const containerKinds: ReadonlySet<string> = new Set(['AppDomain', 'AppDomainGroup', 'AppDomainPlugin']);

const settingsDomains: ReadonlySet<string> = new Set(['SystemPreferencesDomain', 'ManagedPreferencesDomain']);
const settingsFolder = 'Library/Preferences/';
const settingsFolderDomains: ReadonlySet<string> = new Set(['HomeDomain', 'RootDomain', 'WirelessDomain']);

/** Part of the system: restored with RestoreSystemFiles only. */
export const isSystemDomain = (domain: string): boolean => !userDomains.has(domain) && !containerKinds.has(splitDomain(domain).kind);

/** A setting of this phone, which RestorePreserveSettings keeps where the phone has one. */
export function isSetting(domain: string, path: string): boolean {
  return (settingsDomains.has(domain) && path !== '') || (settingsFolderDomains.has(domain) && path.startsWith(settingsFolder));
}

/** Whether a container belongs to an app (or group) among `known`; plug-ins belong to the app their identifier begins with. */
export function isKnownContainer(domain: string, known: ReadonlySet<string>): boolean {
  const { kind, identifier } = splitDomain(domain);
  if (!containerKinds.has(kind) || identifier === undefined) return true;
  if (kind !== 'AppDomainPlugin') return known.has(identifier);
  for (let dot = identifier.length; dot > 0; dot = identifier.lastIndexOf('.', dot - 1)) if (known.has(identifier.slice(0, dot))) return true;
  return false;
}
