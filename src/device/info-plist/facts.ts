import { asDict, asString, emptyDict, type PlistDict } from '../../plist/index.ts';
import { DataError, DeviceError } from '../../shared/errors.ts';
import type { AfcClient } from '../afc/client.ts';
import type { InstalledApp } from '../apps/app.ts';
import { listApps } from '../apps/list-apps.ts';
import type { DeviceConnection } from '../connection.ts';
import { readIcons } from '../services/icons.ts';
import { unlessRefused } from '../unless-refused.ts';

/** What of an app goes into Info.plist. */
export interface AppFacts {
  readonly bundleId: string;
  readonly sinf: Buffer | undefined;
  readonly storeMetadata: Buffer | undefined;
  readonly icon: Buffer | undefined;
}

/** All that Info.plist is made of, as the phone gave it. */
export interface InfoPlistFacts {
  readonly udid: string;
  /** The root domain of lockdown. */
  readonly values: PlistDict;
  /** Domain `com.apple.iTunes`; empty on a phone that never met iTunes. */
  readonly iTunesSettings: PlistDict;
  readonly minITunesVersion: string | undefined;
  /** The user's apps. */
  readonly apps: readonly AppFacts[];
  /** By file name; existing and non-empty ones. */
  readonly iTunesFiles: ReadonlyMap<string, Buffer>;
  readonly booksData: Buffer | undefined;
}

/** The files of `/iTunes_Control/iTunes/` that hosts keep in Info.plist. */
export const iTunesFileNames = [
  'ApertureAlbumPrefs',
  'IC-Info.sidb',
  'IC-Info.sidv',
  'PhotosFolderAlbums',
  'PhotosFolderName',
  'PhotosFolderPrefs',
  'VoiceMemos.plist',
  'iPhotoAlbumPrefs',
  'iTunesApplicationIDs',
  'iTunesPrefs',
  'iTunesPrefs.plist',
] as const;

const booksPath = '/Books/iBooksData2.plist';
const maxFile = 16 << 20;

/** Gathers from lockdown, installation_proxy, springboard and AFC. Services that the phone refuses leave their part empty. */
export async function readInfoPlistFacts(device: DeviceConnection, afc: AfcClient): Promise<InfoPlistFacts> {
  const values = asDict(await device.getValue()) ?? emptyDict();
  const iTunesSettings = asDict(await unlessRefused(device.getValue('com.apple.iTunes'))) ?? emptyDict();
  const minITunesVersion = asString(await unlessRefused(device.getValue('com.apple.mobile.iTunes', 'MinITunesVersion')));
  const [apps, iTunesFiles, booksData] = await Promise.all([readApps(device), readITunesFiles(afc), readFile(afc, booksPath)]);
  return { udid: device.udid, values, iTunesSettings, minITunesVersion, apps, iTunesFiles, booksData };
}

async function readApps(device: DeviceConnection): Promise<AppFacts[]> {
  const apps = (await unlessRefused(listApps(device, { type: 'User', store: true }))) ?? [];
  const icons = await readIcons(device, apps.filter(canReturn).map((app) => app.bundleId));
  return apps.map(({ bundleId, sinf, storeMetadata }) => ({ bundleId, sinf, storeMetadata, icon: icons.get(bundleId) }));
}

/** Apps that a restore can install again: the phone gave both what licenses and what names them. */
export const canReturn = (app: Pick<InstalledApp, 'sinf' | 'storeMetadata'>): boolean => app.sinf !== undefined && app.storeMetadata !== undefined;

async function readITunesFiles(afc: AfcClient): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const name of iTunesFileNames) {
    const bytes = await readFile(afc, `/iTunes_Control/iTunes/${name}`);
    if (bytes && bytes.length > 0) files.set(name, bytes);
  }
  return files;
}

/** A file that is absurdly large is as good as none here. */
async function readFile(afc: AfcClient, path: string): Promise<Buffer | undefined> {
  try {
    return await afc.readFile(path, maxFile);
  } catch (error) {
    if (error instanceof DeviceError || (error instanceof DataError && error.code === 'data.limit')) return undefined;
    throw error;
  }
}
