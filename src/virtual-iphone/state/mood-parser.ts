import type { Moods } from '../contract.ts';
import { readFaults, readHostile } from './fault-parser.ts';

/** Reads one mood's value from text; throws `RangeError` when it is none. */
type Reader = (text: string) => unknown;

interface MoodWord {
  /** The value's form, for the help. */
  readonly form: string;
  readonly read: Reader;
  readonly help: string;
}

const flag = (help: string): MoodWord => ({ form: 'yes|no', read: readFlag, help });
const count = (help: string): MoodWord => ({ form: 'N', read: readCount, help });
const optionalCount = (help: string): MoodWord => ({ form: 'N|off', read: (text) => (text === 'off' ? undefined : readCount(text)), help });
const choice = (values: readonly string[], help: string): MoodWord => ({ form: values.join('|'), read: (text) => readChoice(text, values), help });
const json = (form: string, read: Reader, help: string): MoodWord => ({ form, read, help });

const words: { readonly [Name in keyof Moods]: MoodWord } = {
  trust: choice(['trusted', 'ask', 'pending', 'denied', 'revoked'], 'the Trust dialog; "ask" is answered after passcodeDelay'),
  locked: flag('locked with a passcode at this moment'),
  hasPasscode: flag('a passcode is set'),
  passcode: choice(['none', 'answered', 'refused', 'ignored'], 'what happens at the passcode prompt of a backup'),
  passcodeDelay: count('ms until the person answers a prompt'),
  passcodeLimit: count('ms until the phone gives up a prompt'),
  findMy: flag('Find My is on'),
  setupUnfinished: flag('the Setup Assistant is still open'),
  supervised: flag('the phone is supervised'),
  mdmForcesEncryption: flag('a profile demands encrypted backups'),
  freeSpace: optionalCount('free bytes on the phone'),
  lockFileBusy: flag('another host holds the sync lock'),
  silentProxy: flag('notification_proxy never answers a shutdown'),
  noEscrowBag: flag('pairing gives no escrow bag'),
  rate: optionalCount('bytes a second, for connections opened from now on'),
  latency: count('ms a round trip, for connections opened from now on'),
  deviceLinkVersion: { form: 'MAJOR.MINOR', read: readVersion, help: 'the DeviceLink version' },
  integerProtocolVersion: flag('the answer to Hello carries an integer where hosts expect a real'),
  skipFolders: flag('files are sent into folders that were not made'),
  scanTime: count('ms of silence while the phone scans'),
  claimedUploadSize: { form: 'N|off', read: (text) => (text === 'off' ? undefined : BigInt(readCount(text))), help: 'the size the phone claims its upload has' },
  purge: flag('ask the host to purge when it has too little room'),
  snapshotLeftover: flag('error 3 until a restart'),
  restoredWithoutRestart: flag('error 102 at a restore until a restart'),
  unknownKeys: flag('replies carry keys that no host knows'),
  faults: json('JSON|off', readFaults, 'what happens at a place of a conversation, e.g. {"kind":"reset","at":{"file":3}}'),
  hostile: json('JSON|off', readHostile, '{"message":"UploadFiles","path":"../x"}; try it on this program only'),
  batteryLevel: count('percent'),
  charging: flag('the cable charges'),
  cloudBackupEnabled: { form: 'yes|no|off', read: (text) => (text === 'off' ? undefined : readFlag(text)), help: 'iCloud backup; "off" for not told' },
  lastCloudBackup: { form: 'ISO|off', read: readDate, help: 'date of the last iCloud backup' },
  refuseValues: flag('lockdown answers public values only'),
};

/** One line per mood. */
export const moodHelp: string = Object.entries(words)
  .map(([name, { form, help }]) => `  ${`${name}=${form}`.padEnd(42)} ${help}`)
  .join('\n');

/** Parses `NAME=VALUE`. Throws `RangeError` with a sentence for a person. */
export function parseMood(text: string): Partial<Moods> {
  const at = text.indexOf('=');
  const name = at < 0 ? text : text.slice(0, at);
  if (!Object.hasOwn(words, name)) throw new RangeError(`There is no mood '${name}'; see virtual --help`);
  const word = words[name as keyof Moods];
  try {
    if (at < 0) throw new RangeError(`no value`);
    return { [name]: word.read(text.slice(at + 1)) };
  } catch {
    throw new RangeError(`Mood ${name} takes ${word.form}`);
  }
}

function readFlag(text: string): boolean {
  return readChoice(text, ['yes', 'no', 'true', 'false', 'on', 'off', '1', '0']) === text && ['yes', 'true', 'on', '1'].includes(text);
}

function readChoice(text: string, values: readonly string[]): string {
  if (!values.includes(text)) throw new RangeError(text);
  return text;
}

function readCount(text: string): number {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw new RangeError(text);
  return value;
}

function readVersion(text: string): readonly [number, number] {
  const match = /^(\d{1,4})[.,](\d{1,4})$/.exec(text);
  if (!match) throw new RangeError(text);
  return [Number(match[1]), Number(match[2])];
}

function readDate(text: string): Date | undefined {
  if (text === 'off') return undefined;
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new RangeError(text);
  return date;
}
