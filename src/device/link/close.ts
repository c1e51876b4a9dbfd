import type { Duplex } from 'node:stream';

const patience = 1_000;

/** Ends with an orderly close (close_notify under TLS); destroys what does not close by itself soon. */
export function closeGently(socket: Duplex): void {
  if (socket.destroyed) return;
  const timer = setTimeout(() => socket.destroy(), patience);
  timer.unref();
  socket.once('close', () => clearTimeout(timer));
  socket.on('error', () => undefined);
  socket.end();
  // Unread bytes would hide the other side's end.
  socket.resume();
}
