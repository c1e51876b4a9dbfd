import type { HostileMood, WireFault } from '../contract.ts';

/*
 * Faults and hostile messages as JSON. Whatever would not act where the person means it to is refused with a `RangeError`.
 */

const faultKinds: ReadonlySet<unknown> = new Set<WireFault['kind']>(['disconnect', 'reset', 'silence', 'error', 'goodbye', 'cancel-on-phone', 'file-error']);
const hostileForms: ReadonlySet<unknown> = new Set<HostileMood['form']>([
  'path', 'absurd-length', 'deep-plist', 'huge-plist', 'wrong-count', 'truncated-frame',
]);

/** One fault, a list of them, or `off`. */
export function readFaults(text: string): readonly WireFault[] {
  const list: unknown = text === 'off' ? [] : JSON.parse(text);
  const faults = Array.isArray(list) ? (list as unknown[]) : [list];
  if (!faults.every(isFault)) throw new RangeError(text);
  return faults;
}

/** `path` may be absent where the form is another. */
export function readHostile(text: string): HostileMood | undefined {
  if (text === 'off') return undefined;
  const mood: unknown = JSON.parse(text);
  if (!isRecord(mood) || typeof mood['message'] !== 'string') throw new RangeError(text);
  const { form = 'path', path = form === 'path' ? undefined : '' } = mood;
  if (!hostileForms.has(form) || typeof path !== 'string') throw new RangeError(text);
  return { ...mood, path } as HostileMood;
}

function isFault(value: unknown): value is WireFault {
  if (!isRecord(value) || !faultKinds.has(value['kind']) || !isPoint(value['at'])) return false;
  const { kind, code, text, ms } = value;
  if (kind === 'error' && !isCount(code)) return false;
  const isTextGood = typeof text === 'string' || (text === undefined && kind !== 'file-error');
  return isTextGood && (ms === undefined || isCount(ms));
}

const pointNumbers: ReadonlySet<string> = new Set(['message', 'file', 'byte']);

/** A misspelt part would leave a point that fits the first message of all. */
function isPoint(value: unknown): boolean {
  if (!isRecord(value)) return false;
  return Object.entries(value).every(([name, part]) => (name === 'name' ? typeof part === 'string' : pointNumbers.has(name) && isCount(part)));
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
