import type { MediaResult, RestoreResult } from '../../jobs/api.ts';
import type { HistoryEntry } from '../../library/types.ts';
import { countText, durationText, sizeText } from './figures.ts';
import { plainText } from './plain-text.ts';
import type { Wording } from './wording.ts';

/** `Backed up Anna's iPhone: 51,306 files, 12.4 GB, in 3 min. Encrypted.` */
export function backupDoneText(entry: HistoryEntry, w: Wording): string {
  const values = {
    name: plainText(entry.deviceName, 60),
    files: countText(entry.files, w),
    size: sizeText(entry.size, w),
    time: durationText(entry.duration ?? 0, w),
  };
  const done = w.t('Backed up {name}: {files} files, {size}, in {time}.', values);
  return entry.isEncrypted ? `${done} ${w.t('Encrypted.')}` : done;
}

export function restoreDoneText(deviceName: string, result: RestoreResult, w: Wording): string {
  const values = { name: plainText(deviceName, 60), files: countText(result.files, w), size: sizeText(result.bytes, w) };
  const done = w.t('Restored {files} files, {size}, to {name}.', values);
  const after = result.deviceReturned
    ? w.t('It has restarted and is back.')
    : w.t('It restarts now and installs its apps again, which can take a while. Leave it on power and Wi-Fi.');
  return `${done} ${after}`;
}

/** `Copied 1,203 photos and videos, 12 GB. 32 were there already.` */
export function mediaDoneText({ copied, skipped, bytes, failed }: MediaResult, w: Wording): string {
  const sentences = [
    w.t('Copied {count} photos and videos, {size}.', { count: countText(copied, w), size: sizeText(bytes, w) }),
    skipped > 0 && w.t('{count} were there already.', { count: countText(skipped, w) }),
    failed.length > 0 && w.t('The device did not give {count}; the log names them.', { count: countText(failed.length, w) }),
  ];
  return sentences.filter((sentence) => typeof sentence === 'string').join(' ');
}
