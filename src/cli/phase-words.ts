import type { JobNotice, JobPhase } from '../shared/job-events.ts';
import { formatBytes, terminalText } from './format.ts';

export const phaseWords: Readonly<Record<JobPhase, string>> = {
  preparing: 'Preparing',
  connecting: 'Connecting',
  'waiting-for-trust': 'Waiting: unlock the iPhone and tap Trust',
  'waiting-for-passcode': 'Waiting: enter the passcode on the iPhone',
  'waiting-for-lock': 'Waiting for another sync to end',
  scanning: 'The iPhone looks through its data',
  'sending-manifest': 'Sending the last manifest',
  receiving: 'Receiving',
  moving: 'Putting files in place',
  removing: 'Removing what is gone',
  verifying: 'The iPhone checks the backup',
  publishing: 'Saving to the history',
  sending: 'Sending',
  restarting: 'Waiting for the iPhone to restart',
  hashing: 'Reading every byte',
  pruning: 'Leaving out what was not chosen',
  finished: 'Done',
};

/** One sentence for a notice on the terminal; `undefined` for what needs no words. */
export function noticeWords(notice: JobNotice): string | undefined {
  switch (notice.code) {
    case 'passcode-prompt':
      return notice.shown ? 'The iPhone asks for its passcode: enter it there. It waits about three minutes.' : undefined;
    case 'trust-prompt':
      return 'The iPhone asks whether to trust this computer: unlock it and tap Trust.';
    case 'file-failed':
      return `The iPhone could not read one file and went on: ${terminalText(notice.path)} (${terminalText(notice.text)})`;
    case 'full-instead-of-incremental':
      return 'The iPhone chose to send everything, although an earlier backup was there.';
    case 'no-hard-links':
      return 'This disk has no hard links: every backup takes its whole size.';
    case 'purge-requested':
      return `The iPhone says it needs ${formatBytes(notice.bytesNeeded)}; ${formatBytes(notice.bytesFree)} are free here.`;
    case 'draft-set-aside':
      return `The interrupted backup could not go on and was set aside as ${terminalText(notice.name)}.`;
    case 'resumed':
      return `Going on from an interrupted backup: ${formatBytes(notice.bytesKept)} in ${notice.filesKept} files are here already.`;
    case 'waiting-long':
      return waitingWords[notice.for];
    case 'sleep-not-prevented':
      return 'This computer may go to sleep meanwhile: keep it awake until the end.';
    case 'encryption-begins':
      return 'Switching encryption of backups on: a lasting setting of the iPhone, for every computer. Without the password no such backup can be read.';
    case 'password-wrong':
      return 'The given password does not open this backup, which is encrypted with another one: find that one, or nobody can restore it.';
    case 'encryption-changed':
      return encryptionWords(notice.encrypted);
    default:
      return choiceWords(notice);
  }
}

type ChoiceNotice = Extract<JobNotice, { readonly code: 'custom-sends-all' | 'needs-encryption' | 'password-unchecked' | `selection-${string}` }>;

/** What is told of a selection. */
function choiceWords(notice: ChoiceNotice): string {
  switch (notice.code) {
    case 'custom-sends-all':
      return 'The iPhone sends all of its backup and wants room for it; what is not chosen is left out afterwards.';
    case 'selection-unknown':
      return `Neither the iPhone nor its last backup knows ${terminalText(notice.terms.map(termWords).join(', '), 400)}; the backup goes on with the rest.`;
    case 'selection-unsure':
      return `Whether the iPhone has ${terminalText(notice.terms.join(', '), 400)} shows only at the end: it need not list apps of the system, and no earlier backup tells.`;
    case 'selection-unmatched':
      return `${unmatchedWords(notice.terms)} nothing of the last backup (${notice.date.toISOString().slice(0, 10)}).`;
    case 'needs-encryption':
      return `Only encrypted backups hold ${notice.categories.join(', ')}: switch backup encryption on to have them.`;
    case 'password-unchecked':
      return uncheckedWords(notice.isNewer);
  }
}

const termWords = ({ term, suggestion }: { readonly term: string; readonly suggestion: string | undefined }): string =>
  suggestion === undefined ? term : `${term} (did you mean ${suggestion}?)`;

const unmatchedWords = (terms: readonly string[]): string => (terms.length === 0 ? 'The selection took' : `${terminalText(terms.join(', '), 400)} took`);

const uncheckedWords = (isNewer: boolean): string =>
  isNewer
    ? 'The password does not open the newest encrypted backup and counts as newer: whether it is right shows only at the end.'
    : 'No encrypted backup of this iPhone is here to try the password on: whether it is right shows only at the end.';

const encryptionWords = (isOn: boolean): string =>
  isOn ? 'Backups of this iPhone are now encrypted. This is a lasting setting of the iPhone.' : 'Backups of this iPhone are no longer encrypted.';

const waitingWords = {
  person: 'Waiting for you, at the iPhone.',
  phone: 'The iPhone is busy and has said nothing for a while; it is still connected.',
  program: 'Another program has the iPhone for itself: quit Finder, iTunes, Apple Devices or whatever syncs with it.',
  disk: 'Waiting for the disk: another program may be busy with it, or its cable or hub is slow.',
  cable: 'Hardly anything arrives: use another cable and a port of the computer itself, without a hub. Over Wi-Fi, a cable is faster.',
} as const;
