import { asBoolean, asData, asDate, asDict, asString, type PlistDict } from '../plist/index.ts';
import { DataError } from '../shared/errors.ts';
import { readPlistFile } from './plist-file.ts';

/** Manifest.plist, typed; everything but `version` may be missing in old or foreign backups. */
export interface ManifestPlist {
  /** `10.0` since iOS 10; from then on files are sharded and indexed by Manifest.db. */
  readonly version: string;
  readonly systemDomainsVersion: string | undefined;
  readonly date: Date | undefined;
  readonly isEncrypted: boolean;
  readonly wasPasscodeSet: boolean | undefined;
  readonly keybag: Buffer | undefined;
  /** 44 bytes: protection class (uint32 LE) and wrapped key. Absent with iOS 10.0 and 10.1, whose Manifest.db is plain. */
  readonly manifestKey: Buffer | undefined;
  readonly device: ManifestDevice;
  /** By container id. */
  readonly applications: ReadonlyMap<string, ManifestApplication>;
  readonly dict: PlistDict;
}

export interface ManifestDevice {
  readonly udid: string | undefined;
  readonly name: string | undefined;
  readonly productType: string | undefined;
  readonly iosVersion: string | undefined;
  readonly buildVersion: string | undefined;
  readonly serialNumber: string | undefined;
}

export interface ManifestApplication {
  readonly bundleId: string | undefined;
  readonly version: string | undefined;
  /** `Data/Application`, `Shared/AppGroup`, … */
  readonly containerClass: string | undefined;
  readonly path: string | undefined;
}

const limits = { maxBytes: 64 << 20, maxValues: 1_000_000, maxDepth: 32 };
const manifestKeyLength = 44;

/** Throws `DataError('data.plist')`. Unknown keys stay in `dict`. */
export function readManifestPlist(bytes: Uint8Array): ManifestPlist {
  const dict = readPlistFile(bytes, 'Manifest.plist', limits);
  const version = asString(dict['Version']);
  if (version === undefined || !/^\d{1,3}(\.\d{1,3})*$/.test(version)) throw bad('no usable Version');
  const manifestKey = asData(dict['ManifestKey']);
  if (manifestKey && manifestKey.length !== manifestKeyLength) throw bad(`a ManifestKey of ${manifestKey.length} bytes`);
  return {
    version,
    systemDomainsVersion: asString(dict['SystemDomainsVersion']),
    date: asDate(dict['Date']),
    isEncrypted: asBoolean(dict['IsEncrypted']) ?? false,
    wasPasscodeSet: asBoolean(dict['WasPasscodeSet']),
    keybag: asData(dict['BackupKeyBag']),
    manifestKey,
    device: readDevice(asDict(dict['Lockdown'])),
    applications: readApplications(asDict(dict['Applications'])),
    dict,
  };
}

/** Whether Manifest.db lies encrypted. */
export const hasEncryptedDatabase = (manifest: ManifestPlist): boolean => manifest.isEncrypted && manifest.manifestKey !== undefined;

function readDevice(lockdown: PlistDict | undefined): ManifestDevice {
  return {
    udid: asString(lockdown?.['UniqueDeviceID']),
    name: asString(lockdown?.['DeviceName']),
    productType: asString(lockdown?.['ProductType']),
    iosVersion: asString(lockdown?.['ProductVersion']),
    buildVersion: asString(lockdown?.['BuildVersion']),
    serialNumber: asString(lockdown?.['SerialNumber']),
  };
}

function readApplications(dict: PlistDict | undefined): Map<string, ManifestApplication> {
  const applications = new Map<string, ManifestApplication>();
  for (const [id, value] of Object.entries(dict ?? {})) {
    const entry = asDict(value);
    applications.set(id, {
      bundleId: asString(entry?.['CFBundleIdentifier']),
      version: asString(entry?.['CFBundleVersion']),
      containerClass: asString(entry?.['ContainerContentClass']),
      path: asString(entry?.['Path']),
    });
  }
  return applications;
}

const bad = (what: string): DataError => new DataError('data.plist', `Manifest.plist has ${what}`, { subject: 'Manifest.plist' });
