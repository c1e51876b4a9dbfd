import type { Diagnosed } from './diagnosis-report.ts';

type Facts = Diagnosed['facts'];

const code = /^[a-z]+(?:[.-](?:[A-Za-z]{1,40}\d{0,2}|-?\d{1,9})){0,4}$/;
const version = /^\d{1,3}(?:\.\d{1,3}){0,3}$/;
const day = /^\d{4}-\d{2}-\d{2}(?:T\d{2}-\d{2}-\d{2}Z(?:-\d{1,3})?)?$/;

/** How a text may look that is kept of facts, by their names; of all others none is, for it could name a person or a place. */
const texts: Readonly<Record<string, RegExp>> = {
  code, phase: code, ios: version, backup: version, device: version, date: day, last: day, entry: day,
  errno: /^E[A-Z0-9]{1,15}$/, file: /^(?:Info|Manifest|Status)\.(?:plist|db)$/, type: /^[A-Za-z0-9_+-]{1,12}$/, provider: /^(?:iCloud Drive|OneDrive|Dropbox|Google Drive|Box)$/, key: /^[A-Z][A-Za-z ]{1,30}$/,
};
const condition = /^(?:yes|no|unknown)$/;
const mostFacts = 24;

/** Some codes end with the device's own word for an error, which may be anything. */
export const isPlainCode = (text: string): boolean => code.test(text);

/** The code, or what room it is of where it could name somebody. */
export const plainCode = (text: string): string => (isPlainCode(text) ? text : `${/^[a-z]{1,20}(?=\.)/.exec(text)?.[0] ?? 'device'}.other`);

/** What of facts names neither a person nor a place: figures, conditions, versions, dates, codes. Takes anything, also what was read from a disk. */
export function impersonalFacts(facts: Readonly<Record<string, unknown>>): Facts {
  const kept = Object.entries(facts).filter((fact): fact is [string, Facts[string]] => isImpersonal(...fact));
  return Object.fromEntries(kept.slice(0, mostFacts));
}

function isImpersonal(name: string, value: unknown): boolean {
  if (!/^\w{1,24}$/.test(name) || name === '__proto__') return false;
  if (typeof value !== 'string') return typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
  return condition.test(value) || (Object.hasOwn(texts, name) && texts[name]?.test(value) === true);
}

/** An id of this program, `passcode.unanswered`, as a code or the subject of an error may be; `undefined` for any other text. */
export const ownId = (value: unknown): string | undefined => (typeof value === 'string' && /^[a-z]+(?:\.[a-z0-9-]{1,40}){1,3}$/.test(value) ? value : undefined);
