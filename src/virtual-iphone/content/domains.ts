/** Owner and default protection class of what lies in a domain. Ids 25 and 33 belong to the system's wireless and installer users. */
export interface DomainFacts {
  readonly userId: number;
  readonly fileMode: number;
  readonly protectionClass: 1 | 2 | 3 | 4;
}

const mobile = 501;
const facts = (userId: number, fileMode: number, protectionClass: 1 | 2 | 3 | 4): DomainFacts => ({ userId, fileMode, protectionClass });

const plainDomains: Readonly<Record<string, DomainFacts>> = {
  HomeDomain: facts(mobile, 0o644, 4),
  CameraRollDomain: facts(mobile, 0o644, 3),
  MediaDomain: facts(mobile, 0o644, 3),
  HealthDomain: facts(mobile, 0o600, 1),
  KeychainDomain: facts(0, 0o600, 4),
  WirelessDomain: facts(25, 0o600, 3),
  SystemPreferencesDomain: facts(0, 0o644, 4),
  RootDomain: facts(0, 0o644, 4),
  HomeKitDomain: facts(mobile, 0o600, 3),
  KeyboardDomain: facts(mobile, 0o600, 3),
  TonesDomain: facts(mobile, 0o644, 4),
  BooksDomain: facts(mobile, 0o644, 3),
  ManagedPreferencesDomain: facts(0, 0o644, 4),
  InstallDomain: facts(33, 0o644, 4),
  DatabaseDomain: facts(0, 0o644, 4),
};

const containerDomains: readonly [prefix: string, facts: DomainFacts][] = [
  ['AppDomain-', facts(mobile, 0o644, 3)],
  ['AppDomainGroup-', facts(mobile, 0o644, 3)],
  ['AppDomainPlugin-', facts(mobile, 0o644, 4)],
  ['SysContainerDomain-', facts(mobile, 0o644, 4)],
  ['SysSharedContainerDomain-', facts(mobile, 0o644, 4)],
];

export function domainFacts(domain: string): DomainFacts {
  const known = plainDomains[domain] ?? containerDomains.find(([prefix]) => domain.startsWith(prefix))?.[1];
  if (known === undefined) throw new RangeError(`No such domain on this phone: ${domain}`);
  return known;
}

/** Manifest order: the phone writes app plug-ins first, then the rest by name. */
export function compareDomains(a: string, b: string): number {
  const rank = Number(!a.startsWith('AppDomainPlugin-')) - Number(!b.startsWith('AppDomainPlugin-'));
  return rank !== 0 ? rank : comparePaths(a, b);
}

/** By UTF-16 units: the same on every host. */
export const comparePaths = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const encryptedOnlyPaths: readonly [domain: string, path: RegExp][] = [
  ['HealthDomain', /^/],
  ['HomeKitDomain', /^/],
  ['SystemPreferencesDomain', /^com\.apple\.wifi\.known-networks\.plist$/],
  ['SystemPreferencesDomain', /^SystemConfiguration\/com\.apple\.wifi(-private-mac-networks)?\.plist$/],
  ['HomeDomain', /^Library\/Safari\/(SafariTabs|History|BrowserState)\.db$/],
  ['HomeDomain', /^Library\/CallHistory(DB|Transactions)\//],
  ['HomeDomain', /^Library\/CoreDuet\/People\/interactionC\.db$/],
  ['HomeDomain', /^Library\/(com\.apple\.geod|PersonalizationPortrait|com\.apple\.siri\.remembers)(\/|$)/],
  ['HomeDomain', /^Library\/DoNotDisturb\/DB\//],
  ['AppDomain-com.apple.mobilesafari', /^Library\/Safari\/(History|BrowserState)\.db$/],
];

/**
 * True for what a phone puts into encrypted backups only: Health, HomeKit, known networks, and since iOS 13
 * call and Safari history (Apple support 108353; the rule file of iOS 16.4 disagrees about the last two).
 */
export function encryptedOnly(item: { readonly domain: string; readonly path: string }): boolean {
  return item.path !== '' && encryptedOnlyPaths.some(([domain, path]) => item.domain === domain && path.test(item.path));
}
