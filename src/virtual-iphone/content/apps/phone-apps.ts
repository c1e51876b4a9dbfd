import { writeBinaryPlist } from '../../../plist/index.ts';
import type { PhoneApp } from '../../contract.ts';
import { box } from '../media/boxes.ts';
import { encodePng } from '../media/png.ts';
import { drawIcon } from '../media/screen.ts';
import { hashText } from '../random.ts';
import type { PhoneTree } from '../tree.ts';
import type { World } from '../world.ts';
import type { Genre } from './genres.ts';
import type { InstalledApp } from './selection.ts';

const iconSize = 120;

/**
 * What installation_proxy and SpringBoard say about the apps.
 *
 * An app's data are its container, its plug-ins and the groups that it was named for first, plus its caches.
 */
export function phoneApps(world: World, apps: readonly InstalledApp[], tree: PhoneTree): PhoneApp[] {
  const icons = new Map<number, Buffer>();
  return apps.map((app) => {
    const domains = [
      `AppDomain-${app.bundleId}`,
      ...app.groups.map((group) => `AppDomainGroup-${group}`),
      ...app.plugins.map((plugin) => `AppDomainPlugin-${app.bundleId}.${plugin}`),
    ];
    const kept = domains.reduce((sum, domain) => sum + tree.bytesOf(domain), 0);
    const cacheUsage = cacheBytes(app, kept);
    return {
      bundleId: app.bundleId,
      name: app.name,
      version: app.version,
      type: app.type,
      staticUsage: app.bundleBytes,
      dynamicUsage: kept + cacheUsage,
      cacheUsage,
      groups: app.groups,
      icon: icon(world, icons, app),
      ...storeFiles(world, app),
    };
  });
}

/** Caches as their share of the whole; even an app that keeps nothing has some. */
const cacheBytes = (app: InstalledApp, kept: number): number => {
  return Math.floor(((kept + 40_000) * app.cacheShare) / (1 - app.cacheShare));
};

const iconMotifs = 40;

function icon(world: World, icons: Map<number, Buffer>, app: InstalledApp): Buffer {
  const motif = hashText(app.bundleId) % iconMotifs;
  let png = icons.get(motif);
  if (png === undefined) {
    png = encodePng(drawIcon(world.random(`icon ${motif}`), iconSize));
    icons.set(motif, png);
  }
  return png;
}

/** Names of the App Store's categories. */
const storeGenres: Readonly<Record<Genre, string>> = {
  messenger: 'Social Networking',
  social: 'Photo & Video',
  streaming: 'Entertainment',
  game: 'Games',
  tool: 'Utilities',
  office: 'Productivity',
  system: 'Utilities',
};

/** What the App Store leaves with an app; system apps and every fifth user app (side-loaded) have none. */
function storeFiles(world: World, app: InstalledApp): { sinf: Buffer | undefined; storeMetadata: Buffer | undefined } {
  const number = hashText(app.bundleId);
  if (app.type === 'System' || number % 5 === 0) return { sinf: undefined, storeMetadata: undefined };
  const metadata = {
    artistName: `${app.name} Inc.`,
    bundleShortVersionString: app.version,
    bundleVersion: app.version,
    genre: storeGenres[app.genre],
    itemId: 300_000_000 + (number % 1_000_000_000),
    itemName: app.name,
    kind: 'software',
    softwareVersionBundleId: app.bundleId,
    'com.apple.iTunesStore.downloadInfo': {
      accountInfo: { AppleID: 'owner@example.com', DSPersonID: 1_000_000_001 },
      purchaseDate: new Date(world.at(-400) * 1000),
    },
  };
  return { sinf: sinfAtom(world, app.bundleId), storeMetadata: writeBinaryPlist(metadata) };
}

/** A FairPlay licence in form only: a `sinf` atom with its original format, scheme and sealed information. */
function sinfAtom(world: World, bundleId: string): Buffer {
  const random = world.random(`licence ${bundleId}`);
  const scheme = Buffer.concat([Buffer.alloc(4), Buffer.from('itun', 'latin1'), Buffer.alloc(4)]);
  return box('sinf', box('frma', Buffer.from('game')), box('schm', scheme), box('schi', random.bytes(900)));
}
