import type { KeyObject } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket, createSecureContext, type SecureContext } from 'node:tls';
import { isFromHost, type Pairing } from '../lockdown/pairings.ts';
import { HostFault, carriedBy } from '../state/wire.ts';

const handshakeLimitMs = 30_000;

export interface TlsIdentity {
  readonly pairing: Pairing;
  readonly key: KeyObject;
  /** Phones speak TLS 1.2; 1.3 saves a round trip in tests. */
  readonly allowTls13: boolean;
}

const contexts = new WeakMap<Pairing, SecureContext>();

/**
 * Turns a plain connection into TLS with the phone as server, and checks the host's certificate against the pair record.
 *
 * `link` must have no reader; bytes that came early stay in its buffer and are taken up by TLS. Rejects when the handshake
 * fails, takes too long, or the certificate is not the host's; the link is destroyed then.
 */
export async function serveTls(link: Duplex, socket: Socket, identity: TlsIdentity): Promise<TLSSocket> {
  const secure = new TLSSocket(link, {
    isServer: true,
    secureContext: contextOf(identity),
    requestCert: true,
    rejectUnauthorized: false,
  });
  carriedBy(secure, socket);
  try {
    await handshake(secure);
    if (!isFromHost(identity.pairing, secure.getPeerX509Certificate()?.raw)) throw new HostFault('The client certificate is not in the pair record');
  } catch (error) {
    secure.destroy();
    link.destroy();
    throw error instanceof HostFault ? error : new HostFault('The TLS handshake failed', { cause: error });
  }
  secure.on('error', () => link.destroy());
  return secure;
}

function contextOf({ pairing, key, allowTls13 }: TlsIdentity): SecureContext {
  const known = contexts.get(pairing);
  if (known) return known;
  const context = createSecureContext({
    cert: pairing.device.toString(),
    key: key.export({ type: 'pkcs8', format: 'pem' }),
    ca: [pairing.root.toString()],
    minVersion: 'TLSv1.2',
    maxVersion: allowTls13 ? 'TLSv1.3' : 'TLSv1.2',
  });
  contexts.set(pairing, context);
  return context;
}

async function handshake(secure: TLSSocket): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new HostFault('The TLS handshake took too long')), handshakeLimitMs);
    const settle = (done: () => void): void => {
      clearTimeout(timer);
      done();
    };
    // Node 24 crashes when both sockets are destroyed inside this callback.
    secure.once('secure', () => setImmediate(() => settle(resolve)));
    secure.once('error', (error) => settle(() => reject(error)));
    secure.once('close', () => settle(() => reject(new HostFault('The connection ended in the TLS handshake'))));
  });
}
