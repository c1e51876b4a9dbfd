import { hash } from 'node:crypto';

/** Where the files of a domain lie on a phone (iOS 16.4). */
const roots: Readonly<Record<string, string>> = {
  HomeDomain: '/var/mobile',
  CameraRollDomain: '/var/mobile',
  MediaDomain: '/var/mobile',
  TonesDomain: '/var/mobile',
  HomeKitDomain: '/var/mobile',
  KeyboardDomain: '/var/mobile',
  HealthDomain: '/var/mobile/Library',
  BooksDomain: '/var/mobile/Media/Books',
  KeychainDomain: '/var/Keychains',
  WirelessDomain: '/var/wireless',
  SystemPreferencesDomain: '/var/preferences',
  RootDomain: '/var/root',
  ManagedPreferencesDomain: '/var/Managed Preferences',
  MobileDeviceDomain: '/var/MobileDevice',
  InstallDomain: '/var/installd',
  DatabaseDomain: '/var/db',
  ProtectedDomain: '/var/protected',
  NetworkDomain: '/var/networkd',
};

const containers: Readonly<Record<string, string>> = {
  AppDomain: '/var/mobile/Containers/Data/Application',
  AppDomainGroup: '/var/mobile/Containers/Shared/AppGroup',
  AppDomainPlugin: '/var/mobile/Containers/Data/PluginKitPlugin',
  SysContainerDomain: '/var/containers/Data/System',
  SysSharedContainerDomain: '/var/containers/Shared/SystemGroup',
};

/** Kind and identifier of a domain, split at the first hyphen; plain domains have no identifier. */
export function splitDomain(domain: string): { readonly kind: string; readonly identifier: string | undefined } {
  const hyphen = domain.indexOf('-');
  return hyphen < 0 ? { kind: domain, identifier: undefined } : { kind: domain.slice(0, hyphen), identifier: domain.slice(hyphen + 1) };
}

/** The folder of a container: its name on a phone is a random UUID, here one that follows from the identifier. */
export function containerPath(kind: string, identifier: string): string {
  const hex = hash('sha1', `${kind}-${identifier}`, 'hex').toUpperCase();
  const uuid = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
  return `${containers[kind] ?? '/var/containers'}/${uuid}`;
}

const known = new Map<string, string>();

/** The phone's own name of a file in an upload stream; the snapshot it reads from is mounted at `/.ba`. */
export function devicePath(domain: string, path: string): string {
  let root = known.get(domain);
  if (root === undefined) known.set(domain, (root = rootOf(domain)));
  return `${root}/${path}`;
}

function rootOf(domain: string): string {
  const { kind, identifier } = splitDomain(domain);
  const root = identifier === undefined ? (roots[domain] ?? `/var/${domain}`) : containerPath(kind, identifier);
  return root.replace(/^\/var\/mobile/, '/.ba/mobile');
}
