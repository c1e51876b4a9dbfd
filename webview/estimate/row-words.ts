import type { PictureRow } from '../../src/shared/estimate-panel.ts';
import type { SizeRange } from '../../src/shared/estimate.ts';
import type { Words } from '../support/words.ts';
import { growthOf } from './rows.ts';

/** Below this share of a size its range is not worth a mark. */
const closeEnough = 0.01;

export function isExact({ low, likely, high }: SizeRange): boolean {
  return high - low <= closeEnough * Math.max(likely, 1);
}

/** `12.4 GB`, `≈ 12.4 GB` where it is not sure. */
export function sizeWords(size: SizeRange, { size: write }: Words): string {
  return isExact(size) ? write(size.likely) : `≈ ${write(size.likely)}`;
}

/** `between 11 GB and 14 GB`; nothing for an exact figure. */
export function rangeWords(size: SizeRange, { t, size: write }: Words): string {
  return isExact(size) ? '' : t('between {low} and {high}', { low: write(size.low), high: write(size.high) });
}

/** `+1.2 GB`, `−300 MB`; nothing where it did not change, or cannot be told. */
export function growthWords(row: PictureRow, { size: write }: Words): string {
  const growth = growthOf(row);
  if (growth === undefined || Math.abs(growth) < Math.max(1, closeEnough * row.size.likely)) return '';
  return growth > 0 ? `+${write(growth)}` : `−${write(-growth)}`;
}

/** What a person should know of a row besides its size. */
export function encryptionWords({ encryption }: PictureRow, isEncrypted: boolean | undefined, { t }: Words): string {
  if (encryption === 'any' || isEncrypted === true) return '';
  return encryption === 'encrypted-only' ? t('only in an encrypted backup') : t('mostly in encrypted backups only');
}
