import { randomUUID } from 'node:crypto';
import { asString, emptyDict, writeXmlPlist, type PlistDict, type PlistValue } from '../../plist/index.ts';
import { modelNames } from '../values/model-names.ts';
import { type AppFacts, type InfoPlistFacts, canReturn } from './facts.ts';

/** Key of Info.plist, and the lockdown value that it copies; the first five are demanded by Apple's hosts. */
const copied = [
  ['Build Version', 'BuildVersion'],
  ['Device Name', 'DeviceName'],
  ['Display Name', 'DeviceName'],
  ['Product Type', 'ProductType'],
  ['Product Version', 'ProductVersion'],
  ['Serial Number', 'SerialNumber'],
  ['ICCID', 'IntegratedCircuitCardIdentity'],
  ['ICCID 2', 'IntegratedCircuitCardIdentity2'],
  ['IMEI', 'InternationalMobileEquipmentIdentity'],
  ['IMEI 2', 'InternationalMobileEquipmentIdentity2'],
  ['MEID', 'MobileEquipmentIdentifier'],
  ['Phone Number', 'PhoneNumber'],
] as const;

/** What hosts write when the phone names no version. */
const fallbackITunesVersion = '10.0.1';

/**
 * Info.plist as Finder, iTunes and libimobiledevice's restore want it, XML, keys in alphabetical order.
 *
 * `guid`: 32 upper-case hexadecimal digits, new for each backup.
 */
export function writeInfoPlist(facts: InfoPlistFacts, now: Date, guid = newGuid()): Buffer {
  const productType = asString(facts.values['ProductType']);
  const entries: [string, PlistValue | undefined][] = [
    ...copied.map(([key, value]): [string, PlistValue | undefined] => [key, asString(facts.values[value])]),
    ['Applications', applications(facts.apps)],
    ['GUID', guid],
    ['Installed Applications', facts.apps.map((app) => app.bundleId)],
    ['Last Backup Date', now],
    ['Product Name', productType === undefined ? undefined : modelNames.get(productType)],
    ['Target Identifier', facts.udid],
    ['Target Type', 'Device'],
    ['Unique Identifier', facts.udid.toUpperCase()],
    ['iBooks Data 2', facts.booksData],
    ['iTunes Files', dictOf(facts.iTunesFiles)],
    ['iTunes Settings', isWritable(facts.iTunesSettings) ? facts.iTunesSettings : emptyDict()],
    ['iTunes Version', facts.minITunesVersion ?? fallbackITunesVersion],
  ];
  return writeXmlPlist(dictOf(entries.toSorted(([a], [b]) => (a < b ? -1 : 1))));
}

/** Only apps that a restore can install again: with license and store metadata. Also the content of RestoreApplications.plist. */
export function applications(apps: readonly AppFacts[]): PlistDict {
  return dictOf(
    apps.filter(canReturn).map((app): [string, PlistDict] => {
      const parts = { ApplicationSINF: app.sinf, PlaceholderIcon: app.icon, iTunesMetadata: app.storeMetadata };
      return [app.bundleId, dictOf(Object.entries(parts))];
    }),
  );
}

/** Binary answers may hold what XML cannot. */
function isWritable(dict: PlistDict): boolean {
  try {
    writeXmlPlist(dict);
    return true;
  } catch {
    return false;
  }
}

function dictOf(entries: Iterable<readonly [string, PlistValue | undefined]>): PlistDict {
  const dict = emptyDict();
  for (const [key, value] of entries) if (value !== undefined) dict[key] = value;
  return dict;
}

const newGuid = (): string => randomUUID().replaceAll('-', '').toUpperCase();
