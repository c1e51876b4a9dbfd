import type { Diagnosed } from './diagnosis-report.ts';

type Facts = Diagnosed['facts'];

/** A word of this program: a job, a phase, a check. */
const word = /^[a-z]{1,40}(?:-[a-z0-9]{1,40}){0,4}$/;
/** Whose codes are all this program's own. */
const rooms: ReadonlySet<string> = new Set((
  'backup cable cancelled cloud crash data device disk draft error estimate host library link manifest mux muxer ours passcode password phone plan ' +
  'policy power protocol restore run session size space stream sync trust verify warning wifi'
).split(' '));
const ownCode = /^[a-z]{1,20}(?:\.[a-z][a-z0-9]{0,40}(?:-[a-z0-9]{1,40}){0,6}){1,3}$/;
const numbered = /^(?:mb|afc)\.(?:-?\d{1,9}|other)$/;
/** Rooms whose codes end with a device's own word for an error: the known ones. */
const deviceWords: Readonly<Record<string, ReadonlySet<string>>> = {
  lockdown: new Set((
    'EscrowLocked Failure FMiPProtected GetProhibited ImmutableValue InvalidActivationRecord InvalidConnection InvalidHostID InvalidPairRecord InvalidRequest ' +
    'InvalidResponse InvalidService InvalidSessionID MCChallengeRequired MCProtected MissingActivationRecord MissingHostID MissingKey MissingPairRecord ' +
    'MissingService MissingSessionID MissingValue PairingDialogResponsePending PairingProhibitedOverThisConnection PasswordProtected RemoveProhibited ' +
    'SavePairRecordFailed ServiceLimit ServiceProhibited SessionActive SessionInactive SetProhibited UserDeniedPairing Unknown other'
  ).split(' ')),
  service: new Set(['encryption-unchanged', 'unavailable', 'version', 'Failure', 'Unknown', 'UnknownRequest', 'other']),
};

/** Some codes end with the device's own word for an error, which may be anything. */
export function isPlainCode(text: string): boolean {
  const [room = '', ...rest] = text.split('.');
  if (Object.hasOwn(deviceWords, room)) return deviceWords[room]?.has(rest.join('.')) === true;
  return word.test(text) || numbered.test(text) || (rooms.has(room) && ownCode.test(text));
}

const code = { test: isPlainCode } as const;
const version = /^\d{1,3}(?:\.\d{1,3}){0,3}$/;
const day = /^\d{4}-\d{2}-\d{2}(?:T\d{2}-\d{2}-\d{2}Z(?:-\d{1,3})?)?$/;

/** How a text may look that is kept of facts, by their names; of all others none is, for it could name a person or a place. */
const texts: Readonly<Record<string, Pick<RegExp, 'test'>>> = {
  code, phase: code, ios: version, backup: version, device: version, date: day, last: day, entry: day,
  errno: /^E[A-Z0-9]{1,15}$/, file: /^(?:Info|Manifest|Status)\.(?:plist|db)$/, type: /^[A-Za-z0-9_+-]{1,12}$/, provider: /^(?:iCloud Drive|OneDrive|Dropbox|Google Drive|Box)$/, key: /^[A-Z][A-Za-z ]{1,30}$/,
};
const condition = /^(?:yes|no|unknown)$/;
const mostFacts = 24;

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
