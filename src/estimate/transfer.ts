import type { SizeRange } from '../shared/estimate.ts';
import { ageOf, curve } from './backup-rows.ts';
import type { BackupSizes } from './backup-sizes.ts';
import { isSettled, type EstimateFacts } from './facts.ts';
import { range } from './size-range.ts';

/**
 * What the next run will transfer. An incremental run sends changed files whole: as much as changed in the same time
 * before the last backup, photos exactly, and the growth. Without a base, or after a change of encryption, all.
 */
export function transferOf(facts: EstimateFacts, total: SizeRange): SizeRange | undefined {
  const { last, camera, runs, isEncrypted } = facts;
  if (!last) return isSettled(facts, 'last-backup', 'apps', 'camera-roll', 'disk-usage') ? total : undefined;
  if (isEncrypted !== undefined && isEncrypted !== last.isEncrypted) return total;
  if (last.sizes) return fromManifest(facts, last.sizes, total);
  const sent = runs.filter(({ isFull }) => !isFull).map(({ bytes }) => bytes);
  if (sent.length === 0) return undefined;
  const added = camera?.newBytes ?? 0;
  return range(Math.max(Math.min(...sent) / 2, added), Math.max(sent[0] ?? 0, added), Math.max(...sent) * 2 + added);
}

function fromManifest(facts: EstimateFacts, sizes: BackupSizes, total: SizeRange): SizeRange {
  const { camera } = facts;
  const others = sizes.parts.filter(({ category }) => camera === undefined || category !== 'photos');
  const changed = curve(others, 'changed', ageOf(sizes, facts.phoneTime));
  const photos = (camera?.newBytes ?? 0) * (camera?.factor ?? 1);
  const growth = Math.max(0, total.likely - sizes.bytes - photos);
  return range(photos + changed / 4, photos + changed + growth, photos * 1.1 + changed * 2.5 + growth * 1.5 + sizes.bytes * 0.002);
}
