import { EngineError } from '../../shared/errors.ts';
import type { TrustState } from '../types.ts';

const states: ReadonlyMap<string, TrustState> = new Map([
  ['lockdown.MissingPairRecord', 'not-paired'],
  ['lockdown.PairingDialogResponsePending', 'waiting-for-tap'],
  ['lockdown.UserDeniedPairing', 'denied'],
  ['lockdown.InvalidHostID', 'forgotten'],
  ['lockdown.MissingHostID', 'forgotten'],
  ['lockdown.InvalidPairRecord', 'forgotten'],
  // A saved record that cannot be read, or that TLS fails with, is of no more use than a forgotten one.
  ['data.damaged', 'forgotten'],
  ['link.tls', 'forgotten'],
  ['lockdown.PasswordProtected', 'locked'],
]);

/** What a failure to open or to pair a phone says about trust; `unknown` where it says nothing. */
export function trustOf(error: unknown): TrustState {
  return (error instanceof EngineError ? states.get(error.code) : undefined) ?? 'unknown';
}
