import type { Duplex } from 'node:stream';
import type { WireFault } from '../contract.ts';
import type { Phone } from '../service.ts';
import { breakLink, stall } from './wire.ts';

const spent = new WeakSet<WireFault>();

/** Takes the first fault set for the place called `name` (e.g. `lockdown.StartSession`); it fires once, until the mood is set anew. */
export function takeFault(phone: Phone, name: string): WireFault | undefined {
  const fault = phone.moods.faults.find((one) => one.at.name === name && !spent.has(one));
  if (fault) spent.add(fault);
  return fault;
}

/**
 * Lets a fault act on a request of lockdown or a plist service, before it is answered.
 *
 * Returns the error text to answer with, `'gone'` when the link was broken, or `undefined` to go on as usual.
 */
export async function actOut(fault: WireFault | undefined, link: Duplex, signal: AbortSignal): Promise<{ error: string } | 'gone' | undefined> {
  if (!fault) return undefined;
  switch (fault.kind) {
    case 'disconnect':
    case 'reset':
      breakLink(link, fault.kind);
      return 'gone';
    case 'silence':
      await stall(fault.ms, signal);
      return signal.aborted ? 'gone' : undefined;
    case 'error':
      return { error: fault.text ?? 'UnknownError' };
    default:
      return undefined;
  }
}
