import type { JobNotice } from '../../shared/job-events.ts';
import { countText, sizeText } from './figures.ts';
import type { WaitingFor } from './job-state.ts';
import { plainText } from './plain-text.ts';
import { unknownText, unmatchedText, unsureText } from './selection-check-words.ts';
import type { Wording } from './wording.ts';

/** What is worth a sentence at the end of a job, each thing once. */
export function remarks(notices: readonly JobNotice[], w: Wording): string[] {
  const failed = notices.filter(({ code }) => code === 'file-failed').length;
  const sentences = notices.map((notice) => (notice.code === 'waiting-long' ? undefined : remarkText(notice, w)));
  const files = failed > 0 ? w.t('{count} files could not be read by the device; everything else is there.', { count: countText(failed, w) }) : undefined;
  return [...new Set([...sentences, files])].filter((sentence) => sentence !== undefined);
}

function remarkText(notice: JobNotice, w: Wording): string | undefined {
  switch (notice.code) {
    case 'no-hard-links':
      return w.t('The disk of the backup folder has no hard links, so each backup occupies its whole size.');
    case 'full-instead-of-incremental':
      return w.t('The device sends everything, although only changes were asked for.');
    case 'custom-sends-all':
      return w.t('The device sends all of its backup and wants room for it; what is not chosen is left out afterwards.');
    case 'selection-unknown':
      return unknownText(notice.terms, w);
    case 'needs-encryption':
      return w.t('Only encrypted backups hold {categories}.', { categories: notice.categories.join(', ') });
    case 'draft-set-aside':
      return w.t('The interrupted backup could not go on. It was set aside, and a new one begins.');
    case 'password-wrong':
      return w.t('The given password does not open this backup, which is encrypted with another one: find that one, or nobody can restore it.');
    case 'encryption-changed':
      return notice.encrypted ? w.t('Backup encryption is on from now on.') : w.t('Backup encryption is off from now on.');
    case 'purge-requested':
      return w.t('The device needs {needed} on the disk of the backup folder, and {free} are free.', {
        needed: sizeText(notice.bytesNeeded, w),
        free: sizeText(notice.bytesFree, w),
      });
    default:
      return undefined;
  }
}

/** The same for the list of details, where everything is told. */
export function noticeDetail(notice: JobNotice, w: Wording): string | undefined {
  switch (notice.code) {
    case 'file-failed':
      return w.t('The device could not send {path}: {text}', { path: plainText(notice.path, 120), text: plainText(notice.text) });
    case 'resumed':
      return w.t('Goes on from {size} in {files} files.', { size: sizeText(notice.bytesKept, w), files: countText(notice.filesKept, w) });
    case 'selection-unsure':
      return unsureText(notice.terms, w);
    case 'selection-unmatched':
      return unmatchedText(notice.terms, notice.date, w);
    case 'password-unchecked':
      return notice.isNewer
        ? w.t('The password does not open the newest encrypted backup and counts as newer: whether it is right shows only at the end.')
        : w.t('No encrypted backup of the device is here to try the password on: whether it is right shows only at the end.');
    case 'sleep-not-prevented':
      return w.t('This computer may fall asleep: keep it awake until the end.');
    default:
      return notice.code === 'waiting-long' ? waitingText(notice.for, w) : remarkText(notice, w);
  }
}

/** Who keeps a job waiting, and what one may do about it. */
export function waitingText(party: WaitingFor, { t }: Wording): string {
  const words: Readonly<Record<typeof party, string>> = {
    person: t('The device waits for you: unlock it and look at its screen.'),
    phone: t('The device has been busy for a while. That can be normal; leave it connected.'),
    program: t('Another program is syncing with the device: quit Finder, iTunes, Apple Devices or the like.'),
    disk: t('The disk of the backup folder is slow to answer: another program may be busy with it, or its cable or hub is slow.'),
    cable: t('The connection is slow: use another cable and a port of the computer itself, without a hub. Over Wi-Fi, a cable is faster.'),
  };
  return words[party];
}
