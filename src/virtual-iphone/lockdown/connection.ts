import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { endLink } from '../state/wire.ts';

/** Runs `serve` with a signal that aborts when the connection closes, then ends the link that it returns. */
export async function whileConnected(socket: Socket, serve: (signal: AbortSignal) => Promise<Duplex>): Promise<void> {
  const gone = new AbortController();
  socket.once('close', () => gone.abort());
  socket.on('error', () => socket.destroy());
  try {
    await endLink(await serve(gone.signal));
  } catch {
    // A conversation that failed ends as on a phone: the connection is dropped.
    socket.destroy();
  }
}
