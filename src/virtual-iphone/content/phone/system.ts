import { writeBinaryPlist, type PlistDict, type PlistValue } from '../../../plist/index.ts';
import { bytesBody, fillerBody, type Body } from '../body.ts';
import { accountsDatabase, dataUsageDatabase, privacyDatabase } from '../databases/system.ts';
import { hashText } from '../random.ts';
import type { PhoneContext } from './context.ts';
import { addDatabase } from './databases.ts';
import { homePreferences, otherSystemFiles } from './system-files.ts';

/** Settings, home screen, accounts, permissions, and the small files of the system's own domains. */
export function addSystem(context: PhoneContext): void {
  const { world, tree, apps, scale } = context;
  addDatabase(context, 'HomeDomain', 'Library/Accounts/Accounts3.sqlite', { modified: world.at(-120) }, () => accountsDatabase(world));
  addDatabase(context, 'HomeDomain', 'Library/TCC/TCC.db', { modified: world.at(-6) }, () => privacyDatabase(world, apps));
  const usage = 'Library/Databases/DataUsage.sqlite';
  addDatabase(context, 'WirelessDomain', usage, { modified: world.at(-1) }, () => dataUsageDatabase(world, apps));
  addHomeScreen(context);
  addNamedPreferences(context);
  for (const [domain, paths] of Object.entries(otherSystemFiles)) {
    for (const path of paths.slice(0, scale.systemFiles)) addSystemFile(context, domain, path);
  }
  const profiles = '/private/var/containers/Shared/SystemGroup/systemgroup.com.apple.configurationprofiles/Library/ConfigurationProfiles';
  tree.link('HomeDomain', 'Library/ConfigurationProfiles', profiles, { modified: world.at(-1000) });
}

function addSystemFile({ world, tree }: PhoneContext, domain: string, path: string): void {
  const random = world.random(`${domain} ${path}`);
  const plist = (): Buffer => writeBinaryPlist({ version: random.integer(1, 9), state: random.bytes(random.integer(8, 300)) });
  const filler = (): Body => fillerBody(world.filler, hashText(`${domain} ${path}`), random.spread(200, 30_000));
  const body = path.endsWith('.plist') ? bytesBody(plist()) : filler();
  const isMail = path.startsWith('Library/Mail/');
  tree.file(domain, path, body, { modified: world.at(-random.integer(1, 900)), protectionClass: isMail ? 2 : undefined });
}

const pageSize = 24;

/** `Library/SpringBoard/IconState.plist`: the dock, then pages of bundle ids. */
function addHomeScreen({ world, tree, apps }: PhoneContext): void {
  const dock = ['com.apple.mobilephone', 'com.apple.mobilesafari', 'com.apple.MobileSMS', 'com.apple.Music'];
  const icons = apps.map((app) => app.bundleId).filter((id) => !dock.includes(id));
  const pages: PlistValue[] = [];
  for (let at = 0; at < icons.length; at += pageSize) pages.push(icons.slice(at, at + pageSize));
  const state: PlistDict = { buttonBar: dock, iconLists: pages, listMetadata: {}, todayLists: [] };
  for (const name of ['IconState', 'DesiredIconState']) {
    const modified = world.at(name === 'IconState' ? -9 : -200);
    tree.file('HomeDomain', `Library/SpringBoard/${name}.plist`, bytesBody(writeBinaryPlist(state)), { modified });
  }
}

function addNamedPreferences({ world, tree, scale }: PhoneContext): void {
  const { locale, timeZone } = world.phrases;
  const known: Readonly<Record<string, PlistDict>> = {
    '.GlobalPreferences': {
      AppleLocale: locale,
      AppleLanguages: [locale.replace('_', '-')],
      AppleKeyboards: [`${locale}@sw=QWERTY`, 'emoji@sw=Emoji'],
    },
    'com.apple.preferences.datetime': { timezone: timeZone, automaticTime: true },
    'com.apple.springboard': { SBHomeScreenVersion: 2, SBAutoLockTime: 120, SBShowBatteryPercentage: true },
    'com.apple.mobilemail': { NumberOfMessagesToShow: 50, ThreadByDefault: true },
  };
  for (const id of [...Object.keys(known), ...homePreferences.slice(0, scale.preferences)]) {
    const random = world.random(`preferences ${id}`);
    const values = known[id] ?? { lastVersion: world.ios, enabled: random.chance(0.5), state: random.bytes(random.integer(4, 120)) };
    const facts = { modified: world.at(-random.integer(1, 700)), permissions: 0o600 };
    tree.file('HomeDomain', `Library/Preferences/${id}.plist`, bytesBody(writeBinaryPlist(values)), facts);
  }
}
