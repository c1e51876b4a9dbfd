import { writeBinaryPlist, type PlistDict } from '../../../plist/index.ts';
import { bytesBody } from '../body.ts';
import type { Random } from '../random.ts';
import type { World } from '../world.ts';
import type { PhoneContext } from './context.ts';

/** The keychain's backup and the networks that the phone knows. */
export function addSecrets({ world, tree, scale }: PhoneContext): void {
  const keychain = bytesBody(writeBinaryPlist(makeKeychain(world, scale.keychainItems)));
  tree.file('KeychainDomain', 'keychain-backup.plist', keychain, { modified: world.at(-1) });
  const file = world.iosMajor >= 14 ? 'com.apple.wifi.known-networks.plist' : 'SystemConfiguration/com.apple.wifi.plist';
  const networks = bytesBody(writeBinaryPlist(knownNetworks(world)));
  tree.file('SystemPreferencesDomain', file, networks, { modified: world.at(-4), protectionClass: 3 });
}

/** Items by kind; each is sealed: no key of this phone opens it, as its real key never leaves a device. */
function makeKeychain(world: World, count: number): PlistDict {
  const random = world.random('keychain');
  const items = (share: number): PlistDict[] => Array.from({ length: Math.ceil(count * share) }, () => sealedItem(random));
  return { genp: items(0.7), inet: items(0.2), cert: items(0.05), keys: items(0.05) };
}

const itemVersion = 3;
const itemClasses = [6, 7, 7, 8, 9, 10, 11] as const;

/** `v_Data`: version, protection class, length and bytes of the wrapped key, ciphertext and tag. */
function sealedItem(random: Random): PlistDict {
  const head = Buffer.alloc(12);
  head.writeUInt32LE(itemVersion, 0);
  head.writeUInt32LE(random.pick(itemClasses), 4);
  head.writeUInt32LE(40, 8);
  const sealed = Buffer.concat([head, random.bytes(40), random.bytes(random.integer(160, 420))]);
  return { v_Data: sealed, v_PersistentRef: random.bytes(20) };
}

function knownNetworks(world: World): PlistDict {
  const random = world.random('networks');
  return Object.fromEntries(
    world.phrases.networks.map((ssid, index) => {
      const joined = new Date(world.at(-random.integer(1, 500)) * 1000);
      const security = index % 2 === 0 ? 'WPA2 Personal' : 'Open';
      const facts = { SSID: Buffer.from(ssid, 'utf8'), AddedAt: joined, JoinedByUserAt: joined, SupportedSecurityTypes: security };
      return [`wifi.network.ssid.${ssid}`, facts];
    }),
  );
}
