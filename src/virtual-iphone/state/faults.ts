import type { Duplex } from 'node:stream';
import type { WireFault } from '../contract.ts';
import type { Phone } from '../service.ts';
import { breakLink, stall } from './wire.ts';

/** How often a fault's place was passed since it was set; one that has fired has passed it more often than it waits for. */
const passes = new WeakMap<WireFault, number>();

/** Takes the fault that is due at a place with these names (e.g. `lockdown.StartSession`); it fires once, until the mood is set anew. */
export function takeFault(phone: Phone, ...names: readonly string[]): WireFault | undefined {
  let due: WireFault | undefined;
  for (const fault of phone.moods.faults) {
    if (!names.includes(fault.at.name ?? '')) continue;
    const passed = passes.get(fault) ?? 0;
    if (due && passed >= (fault.at.message ?? 0)) continue;
    passes.set(fault, passed + 1);
    if (passed === (fault.at.message ?? 0)) due = fault;
  }
  return due;
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
