import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import { throwIfCancelled } from '../shared/cancel.ts';
import { DataError } from '../shared/errors.ts';
import { unwrapKey } from './key-wrap.ts';
import { wrapBit, type Keybag, type WrappedClassKey } from './keybag.ts';

const derive = promisify(pbkdf2);
const keyLength = 32;
const prefixLength = 4;

/** The class keys of an unlocked keybag. `unwrap` gives the key of one file or of the manifest. */
export class UnlockedKeybag {
  readonly #classKeys: ReadonlyMap<number, Buffer>;

  constructor(classKeys: ReadonlyMap<number, Buffer>) {
    this.#classKeys = classKeys;
  }

  /** A copy that crosses a thread border; made a keybag again by the constructor. */
  get keys(): ReadonlyMap<number, Buffer> {
    return new Map(this.#classKeys);
  }

  /** Protection classes whose items can be opened. */
  get classes(): number[] {
    return [...this.#classKeys.keys()].toSorted((a, b) => a - b);
  }

  /**
   * `prefixed` is 44 bytes: protection class (uint32 LE), then the wrapped key. The prefix counts, not the row's class.
   * Throws `DataError('data.damaged')` when the class is closed or the integrity value does not hold.
   */
  unwrap(prefixed: Uint8Array): Buffer {
    const bytes = Buffer.from(prefixed.buffer, prefixed.byteOffset, prefixed.byteLength);
    const classKey = bytes.length > prefixLength ? this.#classKeys.get(bytes.readUInt32LE(0)) : undefined;
    const key = classKey && unwrapKey(classKey, bytes.subarray(prefixLength));
    if (key?.length !== keyLength) throw new DataError('data.damaged', 'A wrapped key cannot be opened', { subject: 'EncryptionKey' });
    return key;
  }
}

/**
 * Derives the password's key and opens the class keys. With Apple's ten million rounds it takes seconds, in the
 * crypto library's own thread. Keys that only the device can use are left out.
 *
 * Throws `DataError('data.password')` when no class key opens, `DataError('data.keybag')` when only some do: then the bag
 * is damaged and the password right.
 */
export async function unlockKeybag(keybag: Keybag, password: string, signal?: AbortSignal): Promise<UnlockedKeybag> {
  const key = await passwordKey(keybag, password);
  throwIfCancelled(signal);
  const wrapped = [...keybag.classKeys.values()].filter(({ wrap, keyType }) => keyType === 0 && (wrap & wrapBit.password) !== 0);
  if (wrapped.length === 0) throw new DataError('data.keybag', 'The keybag has no key that a password opens', { subject: 'BackupKeyBag' });
  const opened = wrapped.map((entry) => ({ entry, key: unwrapKey(key, entry.wrapped) }));
  if (opened.every((item) => item.key === undefined)) throw new DataError('data.password', 'The password does not open the keybag');
  const closed = opened.find((item) => item.key === undefined);
  if (closed) throw new DataError('data.keybag', `The key of class ${closed.entry.protectionClass} is damaged`, { subject: 'BackupKeyBag' });
  return new UnlockedKeybag(new Map(opened.flatMap((item) => usable(item.entry, item.key))));
}

const usable = (entry: WrappedClassKey, key: Buffer | undefined): [number, Buffer][] =>
  key && (entry.wrap & wrapBit.device) === 0 ? [[entry.protectionClass, key]] : [];

/** The tags decide whether there is a first stage, not the version. The password's bytes are not normalised. */
async function passwordKey(keybag: Keybag, password: string): Promise<Buffer> {
  const bytes = Buffer.from(password, 'utf8');
  const double = keybag.doubleProtection;
  const first = double ? await derive(bytes, double.salt, double.iterations, keyLength, 'sha256') : bytes;
  return await derive(first, keybag.salt, keybag.iterations, keyLength, 'sha1');
}
