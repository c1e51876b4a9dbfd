import { writeBinaryPlist, type PlistDict } from '../../../plist/index.ts';
import { bytesBody, fillerBody, textBody } from '../body.ts';
import { trapNames } from '../names.ts';
import type { PhoneContext } from '../phone/context.ts';
import { hashText } from '../random.ts';
import { systemContainers, systemGroups, systemPluginIds } from './catalogue.ts';
import { documentBody, documentExtensions } from './documents.ts';
import { genres, type GenreFacts } from './genres.ts';
import type { InstalledApp } from './selection.ts';

/** Containers of apps, their groups and plug-ins, and of system services. */
export function addContainers(context: PhoneContext): void {
  const { apps: scale } = context.scale;
  for (const app of context.apps) {
    if (app.type === 'User') addUserApp(context, app);
    else addSystemApp(context, app);
    for (const group of app.groups) addGroup(context, group);
    for (const plugin of app.plugins) addPlugin(context, `${app.bundleId}.${plugin}`);
  }
  for (const plugin of systemPluginIds(scale.systemPlugins)) addPlugin(context, plugin);
  for (const id of systemContainers.slice(0, scale.systemContainers)) addService(context, `SysContainerDomain-${id}`, id);
  for (const id of systemGroups.slice(0, scale.systemGroups)) addService(context, `SysSharedContainerDomain-${id}`, id);
  addLocalFiles(context);
}

const linkedApps = 12;

function addUserApp(context: PhoneContext, app: InstalledApp): void {
  const { tree, world } = context;
  const domain = `AppDomain-${app.bundleId}`;
  const random = world.random(`documents of ${app.bundleId}`);
  for (const path of ['Documents', 'Library/Cookies', 'Library/SplashBoard/Snapshots']) tree.directory(domain, path);
  addPreferencesFile(context, domain, app.bundleId, { CFBundleVersion: app.version, launches: 40 + app.usedOn }, app.usedOn);
  const { documents, documentBytes }: GenreFacts = genres[app.genre];
  const count = random.integer(...documents);
  for (let n = 0; n < count; n++) {
    // The first document is the one that the person works on.
    const changedOn = n === 0 ? app.usedOn : 0;
    const extension = random.pick(documentExtensions);
    const path = `Documents/${random.pick(world.phrases.documents)} ${n + 1}.${extension}`;
    const body = documentBody(context, extension, `${app.name} ${n + 1} ${changedOn}`, random.spread(...documentBytes));
    const age = random.integer(1, 800);
    const modified = changedOn > 0 ? world.at(changedOn, -3600) : world.at(-age);
    tree.file(domain, path, body, { modified, extendedAttributes: n % 7 === 3 ? lastUsed(modified) : undefined });
  }
  const support = 'Library/Application Support';
  const notes = JSON.stringify({ version: app.version, day: app.updatedOn });
  tree.file(domain, `${support}/v${app.version}/release-notes.json`, textBody(notes), { modified: world.at(app.updatedOn, -7200) });
  if (context.apps.indexOf(app) >= linkedApps) return;
  tree.link(domain, `${support}/current`, `v${app.version}`, { modified: world.at(app.updatedOn, -7200) });
}

function addSystemApp(context: PhoneContext, app: InstalledApp): void {
  const { tree, world } = context;
  const domain = `AppDomain-${app.bundleId}`;
  const random = world.random(`container of ${app.bundleId}`);
  tree.directory(domain, 'Documents');
  tree.directory(domain, 'Library/Preferences');
  if (random.chance(0.6)) tree.directory(domain, 'Library/SplashBoard/Snapshots');
  const session = { lastSession: random.integer(1, 9999), day: app.usedOn };
  if (random.chance(0.9)) addPreferencesFile(context, domain, app.bundleId, session, app.usedOn);
  if (random.chance(0.2)) {
    const body = fillerBody(world.filler, hashText(domain), random.spread(300, 4000));
    tree.file(domain, 'Library/Application Support/state.dat', body, { modified: world.at(-random.integer(1, 500)) });
  }
}

function addGroup(context: PhoneContext, group: string): void {
  const domain = `AppDomainGroup-${group}`;
  const random = context.world.random(`group ${group}`);
  context.tree.directory(domain, 'Library/Preferences');
  if (random.chance(0.8)) addPreferencesFile(context, domain, group, { generation: random.integer(1, 99) }, 0);
}

function addPlugin(context: PhoneContext, id: string): void {
  const domain = `AppDomainPlugin-${id}`;
  const random = context.world.random(`plug-in ${id}`);
  context.tree.directory(domain, 'Documents');
  context.tree.directory(domain, 'Library/Preferences');
  if (random.chance(0.4)) context.tree.directory(domain, 'Library/Application Support');
  if (random.chance(0.68)) addPreferencesFile(context, domain, id, { enabled: true, order: random.integer(0, 400) }, 0);
}

function addService(context: PhoneContext, domain: string, id: string): void {
  const random = context.world.random(`service ${id}`);
  context.tree.directory(domain, 'Library/Preferences');
  if (random.chance(0.8)) addPreferencesFile(context, domain, id, { schema: random.integer(1, 12), state: random.bytes(24) }, 0);
}

function addPreferencesFile(context: PhoneContext, domain: string, id: string, values: PlistDict, changedOn: number): void {
  const { tree, world } = context;
  const modified = changedOn > 0 ? world.at(changedOn, -1800) : world.at(-world.random(`${domain} ${id}`).integer(1, 900));
  // Apple's own settings can be read before the first unlock.
  const protectionClass = id.startsWith('com.apple.') ? 4 : undefined;
  const facts = { modified, permissions: 0o600, protectionClass } as const;
  tree.file(domain, `Library/Preferences/${id}.plist`, bytesBody(writeBinaryPlist(values)), facts);
}

const localFiles = 'AppDomainGroup-group.com.apple.FileProvider.LocalStorage';
// The phone's backup daemon takes the size of such files for 0.
const dataless = 0x40000000;

/** "On My iPhone": files that people named themselves, and iCloud Drive files of which the phone has only the name. */
function addLocalFiles({ tree, world }: PhoneContext): void {
  const top = 'File Provider Storage';
  trapNames.forEach((name, index) => {
    const modified = world.at(-10 - index);
    const extendedAttributes = index % 5 === 0 ? lastUsed(modified) : undefined;
    tree.file(localFiles, `${top}/${name}`, textBody(`${index}: ${name}\n`), { modified, extendedAttributes });
  });
  tree.directory(localFiles, `${top}/Downloads`);
  tree.link(localFiles, `${top}/Recent`, 'Downloads', { modified: world.at(-90) });
  const random = world.random('cloud files');
  const count = random.integer(1, 4);
  for (let n = 0; n < count; n++) {
    const path = `Library/Mobile Documents/com~apple~CloudDocs/${random.pick(world.phrases.documents)} ${n}.pdf`;
    tree.file('HomeDomain', path, bytesBody(Buffer.alloc(0)), { modified: world.at(-random.integer(30, 600)), flags: dataless });
  }
}

/** What Files remembers: seconds and nanoseconds, little endian. */
function lastUsed(at: number): Record<string, Buffer> {
  const value = Buffer.alloc(16);
  value.writeBigUInt64LE(BigInt(at));
  return { 'com.apple.lastuseddate#PS': value };
}
