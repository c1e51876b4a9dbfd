import type { Duplex } from 'node:stream';
import type { Handset } from '../state/handset.ts';
import { HostFault, endLink } from '../state/wire.ts';

/**
 * Runs `serve` with a signal that aborts when the connection closes, then ends the link that it returns.
 *
 * A conversation that fails ends as on a phone: the connection is dropped. Faults of our own are reported.
 */
export async function whileConnected(phone: Handset, link: Duplex, serve: (signal: AbortSignal) => Promise<Duplex>): Promise<void> {
  const gone = new AbortController();
  link.once('close', () => gone.abort());
  link.on('error', () => link.destroy());
  try {
    await endLink(await serve(gone.signal));
  } catch (error) {
    link.destroy();
    if (!(error instanceof HostFault)) phone.report(error);
  }
}
