import { X509Certificate, createPublicKey, type KeyObject } from 'node:crypto';
import { asData, asDict, asString, readPlist, type PlistValue } from '../../plist/index.ts';

/** What the phone keeps of one trusted host. */
export interface Pairing {
  readonly hostId: string;
  readonly systemBuid: string | undefined;
  readonly root: X509Certificate;
  readonly host: X509Certificate;
  /** The phone's own certificate for this host: its TLS identity. */
  readonly device: X509Certificate;
  /** Handed to the host at pairing; it must come back to start mobilebackup2. */
  readonly escrowBag: Buffer;
}

/**
 * Reads the `PairRecord` of a Pair request; `undefined` when a certificate is missing, malformed,
 * not for this phone's key or not signed by the record's root.
 */
export function readPairing(record: PlistValue | undefined, deviceKey: KeyObject, escrowBag: Buffer): Pairing | undefined {
  const dict = asDict(record);
  const hostId = asString(dict?.['HostID']);
  const root = certificate(dict?.['RootCertificate']);
  const host = certificate(dict?.['HostCertificate']);
  const device = certificate(dict?.['DeviceCertificate']);
  if (!hostId || !root || !host || !device) return undefined;
  if (!device.publicKey.equals(createPublicKey(deviceKey))) return undefined;
  if (!device.verify(root.publicKey) || !host.verify(root.publicKey)) return undefined;
  return { hostId, systemBuid: asString(dict?.['SystemBUID']), root, host, device, escrowBag };
}

/** Reads a pair record as hosts keep it (a property list with the escrow bag in it); `undefined` when it is not this phone's. */
export function readSavedPairing(record: Buffer, deviceKey: KeyObject): Pairing | undefined {
  try {
    const dict = asDict(readPlist(record));
    const escrowBag = asData(dict?.['EscrowBag']);
    return escrowBag && readPairing(dict, deviceKey, escrowBag);
  } catch {
    return undefined;
  }
}

/** True for the certificates hosts present: the root (OpenSSL builds of libimobiledevice) or the host certificate (all others). */
export function isFromHost(pairing: Pairing, presented: Buffer | undefined): boolean {
  if (!presented) return false;
  return presented.equals(pairing.root.raw) || presented.equals(pairing.host.raw);
}

function certificate(value: PlistValue | undefined): X509Certificate | undefined {
  const bytes = asData(value);
  if (!bytes) return undefined;
  try {
    return new X509Certificate(bytes);
  } catch {
    return undefined;
  }
}
