import { INSTALLATION_PROXY_SERVICE_NAME, InstallationProxyService } from 'appium-ios-device/build/lib/installation-proxy/index.js';
import { asString, type PlistDict, type PlistValue } from '../../plist/index.ts';
import { DataError, EngineError } from '../../shared/errors.ts';
import { appiumPort } from '../appium-port.ts';
import type { DeviceConnection } from '../connection.ts';
import { PlistChannel } from '../link/plist-channel.ts';
import { refusal } from '../link/refusal.ts';
import { type InstalledApp, parseApp } from './app.ts';

export interface ListAppsOptions {
  /** All kinds when absent. */
  readonly type?: 'User' | 'System' | undefined;
  /** Ask for bytes of app and data; phones may compute for a minute. */
  readonly sizes?: boolean | undefined;
  /** Ask for what a restore needs to install the app again. */
  readonly store?: boolean | undefined;
}

/** Phones compute sizes app by app, in silence. */
const timeout = 180_000;
const limits = { maxBytes: 32 << 20, maxTotalBytes: 128 << 20 };
const maxReplies = 20_000;

const always = ['CFBundleIdentifier', 'CFBundleDisplayName', 'CFBundleName', 'CFBundleShortVersionString', 'CFBundleVersion', 'ApplicationType', 'GroupContainers'];
const sizeAttributes = ['StaticDiskUsage', 'DynamicDiskUsage'];
const storeAttributes = ['ApplicationSINF', 'iTunesMetadata'];

/** The phone's apps in bundle id order. Throws `service.<Error>` when the phone refuses. */
export async function listApps(device: DeviceConnection, options: ListAppsOptions = {}): Promise<InstalledApp[]> {
  const returnAttributes = [...always, ...(options.sizes === true ? sizeAttributes : []), ...(options.store === true ? storeAttributes : [])];
  const request = { returnAttributes, ...(options.type === undefined ? {} : { applicationType: options.type }) };
  const channel = new PlistChannel(await device.startService(INSTALLATION_PROXY_SERVICE_NAME), { ...limits, signal: device.signal });
  try {
    const service = new InstallationProxyService(appiumPort(channel, { check, timeout, maxReplies }));
    const apps = (await service.listApplications(request)) as Record<string, PlistValue>;
    return Object.values(apps).flatMap((app) => parseApp(app) ?? []).toSorted((a, b) => (a.bundleId < b.bundleId ? -1 : 1));
  } catch (error) {
    throw error instanceof EngineError ? error : new DataError('data.frame', 'The device gave a malformed list of apps', { cause: error });
  } finally {
    channel.close();
  }
}

function check(reply: PlistDict): PlistDict {
  const error = asString(reply['Error']);
  if (error === undefined) return reply;
  throw refusal('service', error, INSTALLATION_PROXY_SERVICE_NAME, asString(reply['ErrorDescription']));
}
