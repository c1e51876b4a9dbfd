import { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import { type SecureContext, type TLSSocket, connect, createSecureContext } from 'node:tls';
import { withDeadline } from '../../shared/cancel.ts';
import { ConnectionError } from '../../shared/errors.ts';
import { linkError } from '../link/socket-reader.ts';
import type { PairRecord } from './pair-record.ts';

const handshakeTimeout = 10_000;

/**
 * Goes on with TLS on a socket that is connected to the phone.
 *
 * The phone proves itself with the key that the pair record has a certificate of; no authority is asked.
 * Throws `link.tls` (handshake failed, another key), `link.silent` or `CancelledError`; the socket is then destroyed.
 */
export async function secure(socket: Socket, record: PairRecord, signal?: AbortSignal): Promise<TLSSocket> {
  try {
    const tls = connect({ socket, secureContext: hostContext(record), rejectUnauthorized: false });
    tls.on('error', () => undefined);
    await withDeadline(handshake(tls), handshakeTimeout, () => new ConnectionError('link.silent', 'No answer to the TLS handshake'), signal);
    requireKnownKey(tls, record);
    return tls;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** An alert of the phone, or ours, is `link.tls`; a connection that merely ends says nothing about the pair record. */
function handshake(tls: TLSSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    tls.once('secureConnect', () => resolve());
    tls.once('error', (error) => reject(linkError(error)));
    tls.once('close', () => reject(new ConnectionError('link.lost', 'The device closed the connection during the TLS handshake')));
  });
}

function requireKnownKey(tls: TLSSocket, record: PairRecord): void {
  const presented = tls.getPeerCertificate().raw as Buffer | undefined;
  if (!presented || !publicKey(presented).equals(publicKey(record.deviceCertificate))) {
    tls.destroy();
    throw new ConnectionError('link.tls', 'The device has another key than the one it was paired with');
  }
}

function publicKey(certificate: Buffer): Buffer {
  try {
    return new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' });
  } catch (error) {
    throw new ConnectionError('link.tls', 'A certificate of the device cannot be read', { cause: error });
  }
}

function hostContext(record: PairRecord): SecureContext {
  const identity = { key: record.hostPrivateKey, cert: record.hostCertificate };
  try {
    return createSecureContext(takesSecurityLevels() ? { ...identity, ciphers: oldCiphers, minVersion: 'TLSv1' } : identity);
  } catch (error) {
    throw new ConnectionError('link.tls', 'The pair record has a key or certificate that cannot be used', { cause: error });
  }
}

/** Old phones speak TLS 1.0, and old hosts signed with SHA-1: OpenSSL must be told to take them. */
const oldCiphers = 'DEFAULT:@SECLEVEL=0';
let takesLevels: boolean | undefined;

/** BoringSSL (Electron, bun) has no security levels and refuses their mention. */
function takesSecurityLevels(): boolean {
  if (takesLevels !== undefined) return takesLevels;
  try {
    createSecureContext({ ciphers: oldCiphers });
    takesLevels = process.versions['bun'] === undefined && process.versions['electron'] === undefined;
  } catch {
    takesLevels = false;
  }
  return takesLevels;
}
