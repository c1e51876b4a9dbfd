/** Domains whose files carry a digest, as counted in a real iOS 14.3 backup. */
const digestDomains: ReadonlySet<string> = new Set([
  'HomeDomain',
  'RootDomain',
  'WirelessDomain',
  'HealthDomain',
  'KeyboardDomain',
  'SystemPreferencesDomain',
  'DatabaseDomain',
  'InstallDomain',
  'KeychainDomain',
  'HomeKitDomain',
  'ManagedPreferencesDomain',
]);

export const hasDigest = (domain: string): boolean => digestDomains.has(domain);
