import { asString, type PlistDict, type PlistValue } from '../../plist/index.ts';
import type { Handset } from '../state/handset.ts';
import { hiddenAsWhole, writable } from '../state/values/domains.ts';
import { publicKeys } from '../state/values/root.ts';
import { LockdownError } from './errors.ts';

/** What is asked for, as the reply echoes it. */
function placeOf(request: PlistDict): { domain: string; key: string | undefined; echo: PlistDict } {
  const domain = asString(request['Domain']);
  const key = asString(request['Key']);
  return { domain: domain ?? '', key, echo: { ...(domain ? { Domain: domain } : {}), ...(key ? { Key: key } : {}) } };
}

/** GetValue of a key or a whole domain; before a session only the public keys of the root. */
export function getValue(phone: Handset, request: PlistDict, inSession: boolean): PlistDict {
  const { domain, key, echo } = placeOf(request);
  const readable = inSession && !phone.moods.refuseValues;
  if (key === undefined) return { ...echo, Value: wholeDomain(phone, domain, readable) };
  const value = phone.value(domain, key);
  const allowed = readable || (domain === '' && publicKeys.has(key));
  if (!allowed && (value !== undefined || domain !== '')) throw new LockdownError('GetProhibited', echo);
  if (value === undefined) throw new LockdownError('MissingValue', echo);
  return { ...echo, Value: value };
}

function wholeDomain(phone: Handset, domain: string, readable: boolean): PlistDict {
  if (hiddenAsWhole.has(domain)) return {};
  if (!readable && domain !== '') throw new LockdownError('GetProhibited', { Domain: domain });
  const entries: [string, PlistValue][] = [...phone.domain(domain)];
  return Object.fromEntries(readable ? entries : entries.filter(([key]) => publicKeys.has(key)));
}

export function setValue(phone: Handset, request: PlistDict): PlistDict {
  const { domain, key, echo } = placeOf(request);
  const value = request['Value'];
  if (key === undefined) throw new LockdownError('MissingKey', echo);
  if (value === undefined) throw new LockdownError('MissingValue', echo);
  if (!isWritable(domain, key)) throw new LockdownError('SetProhibited', echo);
  const current = phone.value(domain, key);
  if (current !== undefined && typeof current !== typeof value) throw new LockdownError('InvalidValue', echo);
  phone.setValue(domain, key, value);
  return { ...echo, Value: value };
}

export function removeValue(phone: Handset, request: PlistDict): PlistDict {
  const { domain, key, echo } = placeOf(request);
  if (key === undefined) throw new LockdownError('MissingKey', echo);
  if (domain === '' || !isWritable(domain, key)) throw new LockdownError('RemoveProhibited', echo);
  phone.setValue(domain, key, undefined);
  return echo;
}

function isWritable(domain: string, key: string): boolean {
  if (!Object.hasOwn(writable, domain)) return false;
  return writable[domain]?.has(key) ?? true;
}
