import { createKeybag, deviceBoundWhenEncrypted, deviceBoundWhenPlain, keybagClasses, type Keybag } from '../../crypto/keybag.ts';
import type { Phone } from '../../service.ts';

/** Rounds of a real phone since iOS 10.2. */
const realIterations = { sha256: 10_000_000, sha1: 10_000 } as const;
const noteKey = 'backup-keys';

/** What the backups of a phone are locked with, until the password changes. */
export interface BackupKeys {
  /** `undefined` for unencrypted backups, whose bag has the empty password. */
  readonly password: string | undefined;
  readonly keybag: Keybag;
  /** File keys are derived from this and never leave the phone unwrapped. */
  readonly fileSecret: Buffer;
}

/** The keys for the current backup password; made at the first question after a change (seconds at real iteration counts). */
export async function backupKeys(phone: Phone): Promise<BackupKeys> {
  const password = phone.agentMemory.backupPassword;
  const known = phone.agentMemory.notes.get(noteKey) as BackupKeys | undefined;
  if (known && known.password === password) return known;
  const keys = await makeKeys(phone, password);
  phone.agentMemory.notes.set(noteKey, keys);
  return keys;
}

async function makeKeys(phone: Phone, password: string | undefined): Promise<BackupKeys> {
  const random = (name: string, length: number): Buffer => phone.randomBytes(`backup.${password === undefined ? 'plain' : 'encrypted'}.${name}`, length);
  const iterations = phone.options.iterations ?? realIterations;
  const keybag = await createKeybag({
    password: password ?? '',
    classKeys: new Map(keybagClasses.map((number) => [number, random(`class-key-${number}`, 32)])),
    derivation: {
      salt: random('salt', 20),
      iterations: iterations.sha1,
      strong: password === undefined ? undefined : { salt: random('strong-salt', 20), iterations: iterations.sha256 },
    },
    uuid: (name) => random(`uuid-${name}`, 16),
    deviceBound: password === undefined ? deviceBoundWhenPlain : deviceBoundWhenEncrypted,
  });
  return { password, keybag, fileSecret: random('file-secret', 32) };
}
