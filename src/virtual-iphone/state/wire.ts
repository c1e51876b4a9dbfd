import { setTimeout as sleep } from 'node:timers/promises';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/*
 * What happens to a connection below its protocol: it breaks, is reset, falls silent.
 */

/** The host broke the connection or its rules; nothing is wrong with the phone. */
export class HostFault extends Error {}

const sockets = new WeakMap<Duplex, Socket>();

/** Remembers which socket carries `link` (a TLS or slowed stream), for `breakLink`. */
export function carriedBy(link: Duplex, socket: Socket): void {
  sockets.set(link, socket);
}

/**
 * Ends a connection as a pulled cable does: without TLS close_notify.
 *
 * `disconnect` is an orderly end of the TCP stream (what the muxer gives when a phone vanishes), `reset` a TCP RST.
 */
export function breakLink(link: Duplex, how: 'disconnect' | 'reset'): void {
  const socket = sockets.get(link) ?? (link as Socket);
  if (how === 'reset' && typeof socket.resetAndDestroy === 'function') socket.resetAndDestroy();
  else socket.destroy();
  link.destroy();
}

/** Says nothing for `ms` milliseconds, or until `signal` when absent. Never rejects. */
export async function stall(ms: number | undefined, signal: AbortSignal): Promise<void> {
  const limit = 24 * 3600 * 1000;
  await sleep(ms ?? limit, undefined, { signal, ref: false }).catch(() => undefined);
}

/** Sends what is buffered, then close_notify and the end of the stream; destroys the link when the host does not follow in time. */
export async function endLink(link: Duplex, deadlineMs = 5000): Promise<void> {
  if (link.destroyed) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => link.destroy(), deadlineMs);
    link.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    link.on('error', () => link.destroy());
    link.resume();
    link.end();
  });
}
