import { createPublicKey, webcrypto } from 'node:crypto';
import { DataError } from '../../shared/errors.ts';
import { loadX509 } from './x509.ts';

type CryptoKey = webcrypto.CryptoKey;
type CryptoKeyPair = webcrypto.CryptoKeyPair;

/** What pairing makes; all PEM. */
export interface PairIdentity {
  readonly rootCertificate: Buffer;
  readonly rootPrivateKey: Buffer;
  readonly hostCertificate: Buffer;
  readonly hostPrivateKey: Buffer;
  readonly deviceCertificate: Buffer;
}

const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', publicExponent: new Uint8Array([1, 0, 1]), modulusLength: 2048 };
const years = 10;

/**
 * Makes a root key, a host key, and the three certificates that phones expect: version 3, empty names, serial 1, ten years.
 *
 * `devicePublicKey` is what the phone gives as `DevicePublicKey`: PEM, PKCS #1. Throws `data.frame` when it is no RSA key.
 */
export async function makePairIdentity(devicePublicKey: Buffer, now: Date): Promise<PairIdentity> {
  const deviceKey = await importDeviceKey(devicePublicKey);
  const [root, host] = await Promise.all([generateKeys(), generateKeys()]);
  const sign = await certificateMaker(root.privateKey, now);
  return {
    rootCertificate: await sign('root', root.publicKey),
    rootPrivateKey: await privatePem(root),
    hostCertificate: await sign('host', host.publicKey),
    hostPrivateKey: await privatePem(host),
    deviceCertificate: await sign('device', deviceKey),
  };
}

type CertificateRole = 'root' | 'host' | 'device';

async function certificateMaker(signingKey: CryptoKey, now: Date): Promise<(role: CertificateRole, key: CryptoKey) => Promise<Buffer>> {
  const x509 = await loadX509();
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + years);
  return async (role, publicKey) => {
    const extensions = [new x509.BasicConstraintsExtension(role === 'root', undefined, true)] as InstanceType<typeof x509.Extension>[];
    if (role !== 'root') extensions.push(new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment, true));
    if (role === 'device') extensions.push(await x509.SubjectKeyIdentifierExtension.create(publicKey, false));
    const parts = { serialNumber: '01', notBefore: now, notAfter, publicKey, signingKey, signingAlgorithm: algorithm, extensions };
    const certificate = await x509.X509CertificateGenerator.create(parts);
    return Buffer.from(`${certificate.toString('pem')}\n`, 'latin1');
  };
}

async function generateKeys(): Promise<CryptoKeyPair> {
  return await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

async function privatePem(keys: CryptoKeyPair): Promise<Buffer> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return Buffer.from(`-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`, 'latin1');
}

async function importDeviceKey(pem: Buffer): Promise<CryptoKey> {
  try {
    const spki = createPublicKey({ key: pem, format: 'pem' }).export({ type: 'spki', format: 'der' });
    return await webcrypto.subtle.importKey('spki', spki, algorithm, true, ['verify']);
  } catch (error) {
    throw new DataError('data.frame', 'The device gave a public key that cannot be used', { subject: 'DevicePublicKey', cause: error });
  }
}
