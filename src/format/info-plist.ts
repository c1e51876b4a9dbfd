import { asArray, asData, asDate, asDict, asString, type PlistDict } from '../plist/index.ts';
import { readPlistFile } from './plist-file.ts';

/** Info.plist, written by the host; everything is optional. */
export interface InfoPlist {
  readonly udid: string | undefined;
  readonly deviceName: string | undefined;
  readonly productName: string | undefined;
  readonly productType: string | undefined;
  readonly iosVersion: string | undefined;
  readonly buildVersion: string | undefined;
  readonly serialNumber: string | undefined;
  readonly phoneNumber: string | undefined;
  readonly lastBackup: Date | undefined;
  /** Bundle ids of the user's apps. */
  readonly installedApps: readonly string[];
  /** By bundle id. */
  readonly applications: ReadonlyMap<string, InfoApplication>;
  /** What a custom backup of ours holds, a term a line; `undefined` for a complete backup. */
  readonly selection: string | undefined;
  readonly dict: PlistDict;
}

/** Key of ours in Info.plist, so that a custom backup is known as one wherever it is copied to; devices and hosts ignore it. */
export const selectionKey = 'iPhone Backup Selection';

export interface InfoApplication {
  /** A property list. */
  readonly storeMetadata: Buffer | undefined;
  /** PNG. */
  readonly icon: Buffer | undefined;
}

const limits = { maxBytes: 256 << 20, maxValues: 1_000_000, maxDepth: 32 };

/** Throws `DataError('data.plist')`. */
export function readInfoPlist(bytes: Uint8Array): InfoPlist {
  const dict = readPlistFile(bytes, 'Info.plist', limits);
  const text = (key: string): string | undefined => asString(dict[key]);
  return {
    udid: text('Target Identifier') ?? text('Unique Identifier'),
    deviceName: text('Device Name') ?? text('Display Name'),
    productName: text('Product Name'),
    productType: text('Product Type'),
    iosVersion: text('Product Version'),
    buildVersion: text('Build Version'),
    serialNumber: text('Serial Number'),
    phoneNumber: text('Phone Number'),
    lastBackup: asDate(dict['Last Backup Date']),
    installedApps: (asArray(dict['Installed Applications']) ?? []).flatMap((id) => asString(id) ?? []),
    applications: readApplications(asDict(dict['Applications'])),
    selection: text(selectionKey),
    dict,
  };
}

function readApplications(dict: PlistDict | undefined): Map<string, InfoApplication> {
  const applications = new Map<string, InfoApplication>();
  for (const [id, value] of Object.entries(dict ?? {})) {
    const entry = asDict(value);
    applications.set(id, { storeMetadata: asData(entry?.['iTunesMetadata']), icon: asData(entry?.['PlaceholderIcon']) });
  }
  return applications;
}
