import { asString } from '../../plist/index.ts';
import type { PhoneApp, PhoneContent, PhoneItem } from '../contract.ts';
import type { Phone, Service } from '../service.ts';
import { FileLocks } from './afc/locks.ts';
import { isWithin, parentOf } from './afc/paths.ts';
import { AfcSession, type SharedVolume } from './afc/session.ts';
import { Volume, type VolumeBase } from './afc/volume.ts';
import { PlistLink } from './plist-link.ts';

/** com.apple.mobile.house_arrest: AFC in the container of one app, on the same connection. */
export const houseArrest: Service = {
  name: 'com.apple.mobile.house_arrest',
  needsEscrowBag: false,
  async serve(stream, phone) {
    const link = new PlistLink(stream);
    const request = await link.receive();
    const app = phone.content.apps().find(({ bundleId }) => bundleId === asString(request?.['Identifier']));
    if (!app) return link.send({ Error: 'ApplicationLookupFailed' });
    const folder = vendedFolder(app, asString(request?.['Command']));
    if (folder === undefined) return link.send({ Error: 'InstallationLookupFailed' });
    await link.send({ Status: 'Complete' });
    return new AfcSession(phone, containerVolume(phone, app, folder)).serve(stream);
  },
};

/** What a host may see of an app: all of it where it came from a developer (no store licence), its documents where it shares files. */
function vendedFolder(app: PhoneApp, command: string | undefined): string | undefined {
  if (app.type !== 'User') return undefined;
  if (command === 'VendContainer') return app.sinf ? undefined : '';
  return command === 'VendDocuments' ? 'Documents' : undefined;
}

const volumes = new WeakMap<Phone, Map<string, SharedVolume>>();

function containerVolume(phone: Phone, app: PhoneApp, folder: string): SharedVolume {
  const known = volumes.get(phone) ?? new Map<string, SharedVolume>();
  volumes.set(phone, known);
  const key = `${app.bundleId}/${folder}`;
  const shared = known.get(key) ?? {
    volume: new Volume(() => containerBase(phone.content, app, folder), new Map(), () => phone.peekTime()),
    locks: new FileLocks(),
  };
  known.set(key, shared);
  return shared;
}

const bases = new WeakMap<PhoneContent, Map<string, VolumeBase>>();

/** The items of an app's domain, read once for each content. */
function containerBase(content: PhoneContent, app: PhoneApp, folder: string): VolumeBase {
  const known = bases.get(content) ?? new Map<string, VolumeBase>();
  bases.set(content, known);
  const key = `${app.bundleId}/${folder}`;
  const base = known.get(key) ?? readContainer(content, `AppDomain-${app.bundleId}`, folder);
  known.set(key, base);
  return base;
}

function readContainer(content: PhoneContent, domain: string, folder: string): VolumeBase {
  const items = new Map<string, PhoneItem>();
  const names = new Map<string, string[]>([['', []]]);
  for (const item of content.items()) {
    if (item.domain !== domain) {
      // Items come grouped by domain: past it nothing more can follow.
      if (items.size > 0) break;
      continue;
    }
    if (!isWithin(item.path, folder)) continue;
    items.set(item.path, item);
    if (item.kind === 'directory') names.set(item.path, names.get(item.path) ?? []);
  }
  if (folder !== '' && !names.has(folder)) names.set(folder, []);
  for (const path of [...items.keys(), folder]) if (path !== '') names.get(parentOf(path))?.push(path.slice(parentOf(path).length).replace('/', ''));
  return {
    list: (path) => names.get(path),
    item: (path) => items.get(path),
    read: (item, chunkSize) => content.read(item, chunkSize),
  };
}
