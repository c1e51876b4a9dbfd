import { asBoolean, asData, type PlistDict } from '../../../plist/index.ts';
import { unwrapKey } from '../../crypto/key-wrap.ts';
import { deriveKey } from '../../crypto/password-key.ts';
import { readTags, type Tag } from '../../crypto/tags.ts';
import { BackupContentError } from './errors.ts';

/** Keys of an encrypted backup: by protection class, and of Manifest.db where that is encrypted too (iOS 10.2 and later). */
export interface BackupKeys {
  readonly classKeys: ReadonlyMap<number, Buffer>;
  readonly manifestKey: Buffer | undefined;
}

/** More rounds would only keep us busy: phones have used 10,000,000 since iOS 10.2. */
const maxRounds = 50_000_000;
const passwordWrap = 2;
const wrappedKeyBytes = 44;

const badKeybag = (message: string): BackupContentError => new BackupContentError('keybag', message, '');

/** `undefined` for an unencrypted backup. Takes seconds with a real phone's rounds, off this thread. */
export async function unlockBackup(manifest: PlistDict, password: string | undefined): Promise<BackupKeys | undefined> {
  if (asBoolean(manifest['IsEncrypted']) !== true) return undefined;
  if (password === undefined) throw new BackupContentError('password', 'The backup is encrypted and no password was given', '');
  const bag = asData(manifest['BackupKeyBag']);
  if (bag === undefined) throw badKeybag('An encrypted backup without a keybag');
  const classKeys = await openClasses(bag, password);
  const wrapped = asData(manifest['ManifestKey']);
  return { classKeys, manifestKey: wrapped === undefined ? undefined : openKey(classKeys, wrapped) };
}

/** A key with its class in front (4 bytes, little endian), wrapped with that class's key. */
export function openKey(classKeys: ReadonlyMap<number, Buffer>, wrapped: Buffer): Buffer {
  const classKey = wrapped.length === wrappedKeyBytes ? classKeys.get(wrapped.readUInt32LE(0)) : undefined;
  const key = classKey && unwrapKey(classKey, wrapped.subarray(4));
  if (key === undefined) throw badKeybag('A key of the backup does not open');
  return key;
}

async function openClasses(bag: Buffer, password: string): Promise<Map<number, Buffer>> {
  const tags = readTags(bag);
  if (tags === undefined) throw badKeybag('The keybag is cut off');
  const [header, ...groups] = splitGroups(tags);
  const key = await passwordKey(header ?? new Map(), password);
  const classKeys = new Map<number, Buffer>();
  for (const group of groups) {
    const [number, wrap, wrapped] = [group.get('CLAS'), group.get('WRAP'), group.get('WPKY')];
    const isWhole = typeof number === 'number' && typeof wrap === 'number' && Buffer.isBuffer(wrapped);
    if (!isWhole) throw badKeybag('A class of the keybag is incomplete');
    const classKey = (wrap & passwordWrap) === 0 ? undefined : unwrapKey(key, wrapped);
    if (classKey) classKeys.set(number, classKey);
  }
  if (classKeys.size === 0) throw new BackupContentError('password', 'The password does not open the backup', '');
  return classKeys;
}

/** The header, then one map for each class; every `UUID` after the first begins a new one. */
function splitGroups(tags: readonly Tag[]): Map<string, Buffer | number>[] {
  const groups = [new Map<string, Buffer | number>()];
  for (const [name, value] of tags) {
    if (name === 'UUID' && groups.at(-1)?.has('UUID')) groups.push(new Map());
    groups.at(-1)?.set(name, value);
  }
  return groups;
}

/** PBKDF2 with SHA-256 first where the bag has its tags, then with SHA-1. */
function passwordKey(header: ReadonlyMap<string, Buffer | number>, password: string): Promise<Buffer> {
  const [salt, rounds] = [header.get('SALT'), header.get('ITER')];
  const [strongSalt, strongRounds] = [header.get('DPSL'), header.get('DPIC')];
  if (!Buffer.isBuffer(salt) || typeof rounds !== 'number') throw badKeybag('The keybag has no salt');
  const hasStrong = Buffer.isBuffer(strongSalt) && typeof strongRounds === 'number';
  if (rounds < 1 || rounds > maxRounds || (hasStrong && (strongRounds < 1 || strongRounds > maxRounds))) {
    throw badKeybag('The keybag asks for an absurd number of rounds');
  }
  return deriveKey(password, { salt, iterations: rounds, strong: hasStrong ? { salt: strongSalt, iterations: strongRounds } : undefined });
}
