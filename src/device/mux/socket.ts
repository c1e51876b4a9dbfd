import { stat } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { throwIfCancelled, withDeadline } from '../../shared/cancel.ts';
import { ConnectionError, type EngineError } from '../../shared/errors.ts';
import { type Wait, linkError } from '../link/socket-reader.ts';
import { type MuxAddress, muxAddressText } from './address.ts';

const connectTimeout = 5_000;

/**
 * Opens a connection to the muxer. Throws `mux.missing` (no socket, no route), `mux.refused` (nobody listens, not allowed),
 * `mux.untrusted` (another user's socket) or `link.silent`.
 */
export async function connectToMuxer(address: MuxAddress, signal?: AbortSignal): Promise<Socket> {
  throwIfCancelled(signal);
  if ('path' in address) await expectTrustedOwner(address.path);
  const socket = connect({ ...address, noDelay: true });
  // An error after the connection is up is met by whoever reads; without a listener it would end the process.
  socket.on('error', () => undefined);
  try {
    return await withDeadline(connected(socket, address), connectTimeout, () => unanswered(address), signal);
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** Who owns the socket hears backup passwords and is handed whole restores: the system, or we ourselves. */
async function expectTrustedOwner(path: string): Promise<void> {
  const own = process.getuid?.();
  const facts = own === undefined ? undefined : await stat(path).catch(() => undefined);
  if (facts === undefined || own === undefined || isTrustedOwner(facts.uid, own)) return;
  throw new ConnectionError('mux.untrusted', `The socket of the muxer belongs to user ${facts.uid}`, { subject: path });
}

/** Users of the system have low numbers; an owner that this container does not know is shown as nobody. */
export function isTrustedOwner(owner: number, own: number, platform: NodeJS.Platform = process.platform): boolean {
  return owner === own || owner < (platform === 'darwin' ? 500 : 1000) || owner === nobody;
}

const nobody = 65_534;

function connected(socket: Socket, address: MuxAddress): Promise<Socket> {
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('error', (error) => reject(muxerError(error, address)));
  });
}

const unanswered = (address: MuxAddress): EngineError =>
  new ConnectionError('mux.missing', `The muxer did not answer for ${connectTimeout} ms`, { subject: muxAddressText(address) });

function muxerError(error: Error, address: MuxAddress): EngineError {
  const errno = (error as NodeJS.ErrnoException).code ?? '';
  const details = { subject: muxAddressText(address), cause: error };
  if (['ENOENT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTDIR'].includes(errno)) {
    return new ConnectionError('mux.missing', `There is no muxer: ${errno}`, details);
  }
  if (['ECONNREFUSED', 'EACCES', 'EPERM', 'ENOTSOCK'].includes(errno)) {
    return new ConnectionError('mux.refused', `The muxer refused the connection: ${errno}`, details);
  }
  return linkError(error);
}

/** The usual wait for an answer of the muxer. */
export const muxWait = (signal: AbortSignal | undefined, timeout = 5_000): Wait => ({ timeout, signal });
