import type { PlistDict, PlistValue } from '../../plist/index.ts';
import type { PhoneApp } from '../contract.ts';

type Attribute = (app: PhoneApp) => PlistValue | undefined;

/** Given without being asked for. */
const usual: Readonly<Record<string, Attribute>> = {
  ApplicationType: (app) => app.type,
  CFBundleDisplayName: (app) => app.name,
  CFBundleExecutable: (app) => app.name.replaceAll(' ', ''),
  CFBundleIdentifier: (app) => app.bundleId,
  CFBundleName: (app) => app.name,
  CFBundleShortVersionString: (app) => app.version,
  CFBundleVersion: (app) => app.version,
  Container: (app) => `/private/var/mobile/Containers/Data/Application/${app.bundleId}`,
  GroupContainers: (app) => Object.fromEntries(app.groups.map((group) => [group, `/private/var/mobile/Containers/Shared/AppGroup/${group}`])),
  IsDemotedApp: () => false,
  Path: (app) => (app.type === 'User' ? `/private/var/containers/Bundle/Application/${app.bundleId}.app` : `/Applications/${app.bundleId}.app`),
  SignerIdentity: (app) => (app.type === 'User' ? 'Apple iPhone OS Application Signing' : 'Software Signing'),
  UIFileSharingEnabled: (app) => app.type === 'User',
};

/** Only when named: slow to compute, or large. */
const onRequest: Readonly<Record<string, Attribute>> = {
  ApplicationSINF: (app) => app.sinf,
  DynamicDiskUsage: (app) => app.dynamicUsage,
  StaticDiskUsage: (app) => app.staticUsage,
  iTunesMetadata: (app) => app.storeMetadata,
};

/** An app as installation_proxy tells it, with the named attributes or the usual ones. */
export function describeApp(app: PhoneApp, names: readonly string[] | undefined): PlistDict {
  const wanted = names ?? Object.keys(usual);
  const entries: [string, PlistValue][] = [];
  for (const name of wanted) {
    const value = attribute(name)?.(app);
    if (value !== undefined) entries.push([name, value]);
  }
  return Object.fromEntries(entries);
}

function attribute(name: string): Attribute | undefined {
  if (Object.hasOwn(usual, name)) return usual[name];
  return Object.hasOwn(onRequest, name) ? onRequest[name] : undefined;
}
