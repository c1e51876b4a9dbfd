import { asDict, asString, type PlistDict } from '../../plist/index.ts';
import type { Handset } from '../state/handset.ts';
import { LockdownError } from './errors.ts';
import { readPairing } from './pairings.ts';

const escrowBagLength = 32;

/** Pair: asks the person where needed, then remembers the host. A known host is not asked about again. */
export function pair(phone: Handset, request: PlistDict): PlistDict {
  const record = asDict(request['PairRecord']);
  if (!record) throw new LockdownError('MissingPairRecord');
  if (phone.moods.locked) throw new LockdownError('PasswordProtected');
  const pairing = readPairing(record, phone.deviceKey, Buffer.alloc(0));
  if (!pairing) throw new LockdownError('InvalidPairRecord');
  const known = phone.pairings.get(pairing.hostId);
  if (!known) requireTrust(phone);
  const escrowBag = known?.escrowBag ?? phone.randomBytes('escrow-bag', escrowBagLength);
  phone.pairings.set(pairing.hostId, { ...pairing, escrowBag });
  return phone.moods.noEscrowBag ? {} : { EscrowBag: escrowBag };
}

function requireTrust(phone: Handset): void {
  const trusts = phone.person.trusts;
  if (trusts === undefined) throw new LockdownError('PairingDialogResponsePending');
  phone.person.forgetTrustDialog();
  if (!trusts) throw new LockdownError('UserDeniedPairing');
}

/** ValidatePair: used by hosts for iOS 6 and older; the answer is the same today. */
export function validatePair(phone: Handset, request: PlistDict): PlistDict {
  if (!phone.pairings.has(hostIdOf(request))) throw new LockdownError('InvalidHostID');
  return { Result: 'Success' };
}

export function unpair(phone: Handset, request: PlistDict): PlistDict {
  if (!phone.pairings.delete(hostIdOf(request))) throw new LockdownError('InvalidHostID');
  return { Result: 'Success' };
}

function hostIdOf(request: PlistDict): string {
  const hostId = asString(asDict(request['PairRecord'])?.['HostID']);
  if (!hostId) throw new LockdownError('MissingHostID');
  return hostId;
}
