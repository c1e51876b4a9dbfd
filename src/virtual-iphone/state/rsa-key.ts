import { checkPrimeSync, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { SeededRandom } from './seeded.ts';

const primeBytes = 128;
const publicExponent = 65_537n;
const smallPrimes = sieve(2000);
const made = new Map<string, KeyObject>();

/**
 * The RSA-2048 key that belongs to a seed; for test identities only, since whoever knows the seed knows the key.
 *
 * Made from seeded primes because no crypto library generates keys reproducibly. About 0.3 s; kept per seed for the process.
 */
export function seededRsaKey(seed: string): KeyObject {
  const known = made.get(seed);
  if (known) return known;
  const random = new SeededRandom(seed);
  const first = seededPrime(random);
  const second = seededPrime(random);
  const key = first > second ? keyOf(first, second) : keyOf(second, first);
  made.set(seed, key);
  return key;
}

/** PEM of PKCS#1 (`BEGIN RSA PUBLIC KEY`): OpenSSL-based hosts read `DevicePublicKey` in this form only. */
export function pkcs1PublicKey(key: KeyObject): Buffer {
  return Buffer.from(createPublicKey(key).export({ type: 'pkcs1', format: 'pem' }));
}

function seededPrime(random: SeededRandom): bigint {
  const bytes = random.bytes('rsa', primeBytes);
  // The two top bits make the product of two primes 2048 bits long; an even start becomes odd.
  bytes.writeUInt8(bytes.readUInt8(0) | 0xc0, 0);
  let candidate = BigInt(`0x${bytes.toString('hex')}`) | 1n;
  while (!isUsable(candidate)) candidate += 2n;
  return candidate;
}

function isUsable(candidate: bigint): boolean {
  if (smallPrimes.some((prime) => candidate % prime === 0n)) return false;
  if ((candidate - 1n) % publicExponent === 0n) return false;
  return checkPrimeSync(candidate);
}

function keyOf(p: bigint, q: bigint): KeyObject {
  const d = inverse(publicExponent, (p - 1n) * (q - 1n));
  const jwk = { n: p * q, e: publicExponent, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const fields = Object.fromEntries(Object.entries(jwk).map(([name, value]) => [name, base64Url(value)]));
  return createPrivateKey({ format: 'jwk', key: { kty: 'RSA', ...fields } });
}

/** Extended Euclid. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [low, high] = [value % modulus, modulus];
  let [factor, next] = [1n, 0n];
  while (high > 0n) {
    const quotient = low / high;
    [low, high] = [high, low % high];
    [factor, next] = [next, factor - quotient * next];
  }
  return ((factor % modulus) + modulus) % modulus;
}

function base64Url(value: bigint): string {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex').toString('base64url');
}

function sieve(limit: number): bigint[] {
  const composite = new Set<number>();
  const primes: bigint[] = [];
  for (let n = 3; n < limit; n += 2) {
    if (composite.has(n)) continue;
    primes.push(BigInt(n));
    for (let multiple = n * n; multiple < limit; multiple += n) composite.add(multiple);
  }
  return primes;
}
