import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(pbkdf2);
const keyLength = 32;

/** How a password becomes the key that wraps the class keys; `strong` is the double protection of iOS 10.2 and later. */
export interface KeyDerivation {
  /** 20 bytes, for PBKDF2-SHA1. */
  readonly salt: Buffer;
  readonly iterations: number;
  /** PBKDF2-SHA256, applied first. */
  readonly strong: { readonly salt: Buffer; readonly iterations: number } | undefined;
}

/** 32 bytes, off the main thread; seconds for the ten million rounds of a real phone. */
export async function deriveKey(password: string, { salt, iterations, strong }: KeyDerivation): Promise<Buffer> {
  const first = strong ? await derive(password, strong.salt, strong.iterations, keyLength, 'sha256') : Buffer.from(password, 'utf8');
  return derive(first, salt, iterations, keyLength, 'sha1');
}
