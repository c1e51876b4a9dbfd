/** What a domain's name tells. */
export interface Domain {
  /** `AppDomain`, `AppDomainGroup`, … or the whole name of a plain one. */
  readonly kind: string;
  /** Bundle, group or container id; `undefined` for a plain domain. */
  readonly id: string | undefined;
}

const containerKinds: ReadonlySet<string> = new Set([
  'AppDomain',
  'AppDomainGroup',
  'AppDomainPlugin',
  'AppDomainPlaceholder',
  'SysContainerDomain',
  'SysSharedContainerDomain',
]);

/** Plain domains and the device path that their paths are relative to (as of iOS 16). */
export const plainDomains: Readonly<Record<string, string>> = {
  BooksDomain: '/var/mobile/Media/Books',
  CameraRollDomain: '/var/mobile',
  DatabaseDomain: '/var/db',
  HealthDomain: '/var/mobile/Library',
  HomeDomain: '/var/mobile',
  HomeKitDomain: '/var/mobile',
  InstallDomain: '/var/installd',
  KeyboardDomain: '/var/mobile',
  KeychainDomain: '/var/Keychains',
  ManagedPreferencesDomain: '/var/Managed Preferences',
  MediaDomain: '/var/mobile',
  MobileDeviceDomain: '/var/MobileDevice',
  NetworkDomain: '/var/networkd',
  ProtectedDomain: '/var/protected',
  RootDomain: '/var/root',
  SystemPreferencesDomain: '/var/preferences',
  TonesDomain: '/var/mobile',
  WirelessDomain: '/var/wireless',
};

/** Splits at the first hyphen: bundle ids contain hyphens too. Unknown domains are plain. */
export function parseDomain(name: string): Domain {
  const at = name.indexOf('-');
  const kind = name.slice(0, at);
  return at > 0 && containerKinds.has(kind) ? { kind, id: name.slice(at + 1) } : { kind: name, id: undefined };
}

/** Bundle id of the app a domain belongs to by its name alone; groups have no certain owner. */
export function appOfDomain(name: string): string | undefined {
  const { kind, id } = parseDomain(name);
  return kind === 'AppDomain' || kind === 'AppDomainPlugin' || kind === 'AppDomainPlaceholder' ? id : undefined;
}
