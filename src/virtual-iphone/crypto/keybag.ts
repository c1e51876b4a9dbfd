import { wrapKey, unwrapKey } from './key-wrap.ts';
import { deriveKey, type KeyDerivation } from './password-key.ts';
import { readTags, writeTags, type Tag } from './tags.ts';

/** A backup keybag that is open: its bytes and the 32-byte keys of classes 1 to 11. */
export interface Keybag {
  readonly bytes: Buffer;
  readonly classKeys: ReadonlyMap<number, Buffer>;
}

export interface KeybagOptions {
  readonly password: string;
  readonly classKeys: ReadonlyMap<number, Buffer>;
  readonly derivation: KeyDerivation;
  /** 16 bytes: the bag's own, then one for each class. */
  readonly uuid: (name: string) => Buffer;
  /** Classes whose keys are also bound to the device's hardware (WRAP 3). */
  readonly deviceBound: ReadonlySet<number>;
}

export const keybagClasses = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] as const;
/** In bags of encrypted backups: recovery and the "this device only" keychain classes. */
export const deviceBoundWhenEncrypted: ReadonlySet<number> = new Set([5, 9, 10, 11]);
/** In bags of unencrypted backups: all keychain classes, which is why their keychain returns to the same device only. */
export const deviceBoundWhenPlain: ReadonlySet<number> = new Set([5, 6, 7, 8, 9, 10, 11]);

const wrapOf = { password: 2, passwordAndDevice: 3 } as const;
const backupType = 1;

/** Writes a keybag as iOS 10.2 and later do: 1388 bytes with double protection, 1336 without. */
export async function createKeybag(options: KeybagOptions): Promise<Keybag> {
  const { derivation, classKeys } = options;
  const key = await deriveKey(options.password, derivation);
  const header: Tag[] = [
    ['VERS', derivation.strong ? 5 : 4],
    ['TYPE', backupType],
    ['UUID', options.uuid('keybag')],
    ['HMCK', Buffer.alloc(40)],
    ['WRAP', 0],
    ['SALT', derivation.salt],
    ['ITER', derivation.iterations],
  ];
  if (derivation.strong) header.push(['DPWT', 1], ['DPIC', derivation.strong.iterations], ['DPSL', derivation.strong.salt]);
  const order = derivation.strong ? [...keybagClasses].reverse() : keybagClasses;
  const groups = order.flatMap((number): Tag[] => [
    ['UUID', options.uuid(`class ${number}`)],
    ['CLAS', number],
    ['WRAP', options.deviceBound.has(number) ? wrapOf.passwordAndDevice : wrapOf.password],
    ['KTYP', 0],
    ['WPKY', wrapKey(key, classKeys.get(number) as Buffer)],
  ]);
  return { bytes: writeTags([...header, ...groups]), classKeys };
}

/** Opens a keybag. `'password'` when no class opens, `'damaged'` when its structure is wrong or only some open. */
export async function openKeybag(bytes: Buffer, password: string): Promise<Keybag | 'password' | 'damaged'> {
  const tags = readTags(bytes);
  const second = tags?.findIndex(([name], at) => name === 'UUID' && tags.findIndex(([first]) => first === 'UUID') !== at) ?? -1;
  if (!tags || second < 0) return 'damaged';
  const derivation = readDerivation(new Map(tags.slice(0, second)));
  if (!derivation) return 'damaged';
  const key = await deriveKey(password, derivation);
  const classKeys = new Map<number, Buffer>();
  let closed = 0;
  for (const group of classGroups(tags.slice(second))) {
    const number = uint(group.get('CLAS'));
    const wrapped = group.get('WPKY');
    if (number === undefined || !Buffer.isBuffer(wrapped)) return 'damaged';
    const classKey = unwrapKey(key, wrapped);
    if (classKey) classKeys.set(number, classKey);
    else closed++;
  }
  if (classKeys.size === 0) return closed > 0 ? 'password' : 'damaged';
  return closed > 0 ? 'damaged' : { bytes, classKeys };
}

function readDerivation(header: ReadonlyMap<string, Buffer | number>): KeyDerivation | undefined {
  const salt = header.get('SALT');
  const iterations = uint(header.get('ITER'));
  const strongSalt = header.get('DPSL');
  const strongIterations = uint(header.get('DPIC'));
  if (!Buffer.isBuffer(salt) || !iterations) return undefined;
  const strong = Buffer.isBuffer(strongSalt) && strongIterations ? { salt: strongSalt, iterations: strongIterations } : undefined;
  return { salt, iterations, strong };
}

function* classGroups(tags: readonly Tag[]): Iterable<Map<string, Buffer | number>> {
  let group: Map<string, Buffer | number> | undefined;
  for (const [name, value] of tags) {
    if (name === 'UUID') {
      if (group) yield group;
      group = new Map();
    }
    group?.set(name, value);
  }
  if (group) yield group;
}

const uint = (value: Buffer | number | undefined): number | undefined => (typeof value === 'number' ? value : undefined);
