import { asBoolean, asData, asDict, asString, readPlist, writeBinaryPlist, type PlistDict, type PlistValue } from '../../../plist/index.ts';
import type { Phone } from '../../service.ts';
import { containerPath, splitDomain } from '../backup/device-paths.ts';

const manifestVersion = '10.0';
const systemDomainsVersion = '24.0';
/** Lockdown domains that a Manifest.plist repeats; what a phone has in them is not public. */
const lockdownDomains = [
  'com.apple.Accessibility',
  'com.apple.MobileDeviceCrashCopy',
  'com.apple.TerminalFlashr',
  'com.apple.mobile.data_sync',
  'com.apple.mobile.iTunes.accessories',
  'com.apple.mobile.wireless_lockdown',
];

const contentClasses: Readonly<Record<string, string>> = {
  AppDomain: 'Data/Application',
  AppDomainGroup: 'Shared/AppGroup',
  AppDomainPlugin: 'Data/PluginKitPlugin',
};

export interface ManifestFacts {
  readonly date: Date;
  readonly domains: readonly string[];
  readonly keybag: Buffer;
  /** 44 bytes, encrypted backups only. */
  readonly manifestKey: Buffer | undefined;
}

export interface ReadManifest {
  readonly version: number;
  readonly systemDomainsVersion: number;
  readonly isEncrypted: boolean;
  readonly keybag: Buffer | undefined;
  readonly manifestKey: Buffer | undefined;
  readonly applications: readonly string[];
  readonly deviceClass: string | undefined;
}

export function writeManifestPlist(phone: Phone, facts: ManifestFacts): Buffer {
  const dict: PlistDict = {
    Version: manifestVersion,
    SystemDomainsVersion: systemDomainsVersion,
    Date: facts.date,
    IsEncrypted: facts.manifestKey !== undefined,
    WasPasscodeSet: phone.moods.hasPasscode,
    Lockdown: lockdown(phone),
    Applications: applications(phone, facts.domains),
    BackupKeyBag: facts.keybag,
  };
  if (facts.manifestKey) dict['ManifestKey'] = facts.manifestKey;
  if (phone.moods.unknownKeys) dict['KeyOfTheFuture'] = { unknown: true };
  return writeBinaryPlist(dict);
}

/** `undefined` when the bytes are no dictionary. */
export function readManifestPlist(bytes: Buffer): ReadManifest | undefined {
  const dict = asDict(parse(bytes));
  if (!dict) return undefined;
  return {
    version: Number.parseFloat(asString(dict['Version']) ?? ''),
    systemDomainsVersion: Number.parseFloat(asString(dict['SystemDomainsVersion']) ?? ''),
    isEncrypted: asBoolean(dict['IsEncrypted']) ?? false,
    keybag: asData(dict['BackupKeyBag']),
    manifestKey: asData(dict['ManifestKey']),
    applications: Object.keys(asDict(dict['Applications']) ?? {}),
    deviceClass: asString(asDict(dict['Lockdown'])?.['DeviceClass']),
  };
}

function lockdown({ identity }: Phone): PlistDict {
  const dict: PlistDict = {
    BuildVersion: identity.buildVersion,
    DeviceName: identity.name,
    ProductType: identity.productType,
    ProductVersion: identity.iosVersion,
    SerialNumber: identity.serialNumber,
    UniqueDeviceID: identity.udid,
  };
  for (const domain of lockdownDomains) dict[domain] = {};
  return dict;
}

/** All containers in the backup, those of apps that are not installed any more too. */
function applications({ content }: Phone, domains: readonly string[]): PlistDict {
  const versions = new Map(content.apps().map((app) => [app.bundleId, app.version]));
  const dict: PlistDict = {};
  for (const domain of domains) {
    const { kind, identifier } = splitDomain(domain);
    const contentClass = contentClasses[kind];
    if (identifier === undefined || contentClass === undefined) continue;
    dict[identifier] = {
      CFBundleIdentifier: identifier,
      CFBundleVersion: versions.get(identifier) ?? '1',
      ContainerContentClass: contentClass,
      Path: containerPath(kind, identifier),
    };
  }
  return dict;
}

function parse(bytes: Buffer): PlistValue | undefined {
  try {
    return readPlist(bytes);
  } catch {
    return undefined;
  }
}
