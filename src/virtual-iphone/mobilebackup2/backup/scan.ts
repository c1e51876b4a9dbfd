import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileFlag } from '../../../format/names.ts';
import type { PhoneItem } from '../../contract.ts';
import { LinkEnded } from '../errors.ts';
import { fileIdOf, flagsOf } from '../manifest/file-id.ts';
import { isSameRecord } from '../manifest/record-compare.ts';
import type { ManifestRow } from '../manifest/row-finder.ts';
import { RowSet } from '../state/row-set.ts';
import type { Snapshot } from '../state/snapshot.ts';
import type { BackupContext } from './backup-context.ts';
import { backupItems } from './items.ts';
import { hasDigest } from './rules.ts';

/** What a run has to send. */
export interface UploadPlan {
  /** Rows whose item is new or changed. */
  readonly rows: RowSet | 'all';
  readonly bytes: number;
  readonly files: number;
}

/** Rows between two looks at the rest of the world. */
const rowsPerTurn = 2000;

/**
 * Compares what is on the phone with earlier manifests: rows of unchanged items are taken over with their keys, the
 * others make the plan. `present` are the rows of an interrupted run whose content the host still has in its Snapshot folder.
 */
export async function scanPhone(context: BackupContext, snapshot: Snapshot, present: RowSet): Promise<UploadPlan> {
  const { phone, host, keys } = context;
  if (phone.moods.scanTime > 0) await host.link.quiet(phone.moods.scanTime);
  if (!snapshot.hasPrevious && !snapshot.hasPartial) {
    return { rows: 'all', bytes: phone.content.totals.bytes, files: phone.content.totals.items };
  }
  const findUnchanged = unchangedFinder(snapshot, present, keys.password !== undefined);
  const rows = new RowSet();
  let bytes = 0;
  let files = 0;
  for (const [row, item] of backupItems(phone.content, keys)) {
    if (row % rowsPerTurn === 0) await breathe(host.link.reader.gone);
    const fileId = fileIdOf(item.domain, item.path);
    const unchanged = findUnchanged(fileId, item);
    if (unchanged) {
      snapshot.database.put(row, fileId, item, unchanged.file);
      if (unchanged.isUploaded) snapshot.uploaded.add(row);
      continue;
    }
    rows.add(row);
    bytes += item.size;
    files += Number(item.kind === 'file');
  }
  return { rows, bytes, files };
}

async function breathe(gone: AbortSignal): Promise<void> {
  await nextTurn();
  if (gone.aborted) throw new LinkEnded('lost');
}

interface Unchanged {
  readonly file: Uint8Array;
  readonly isUploaded: boolean;
}

type FindUnchanged = (fileId: string, item: PhoneItem) => Unchanged | undefined;

function unchangedFinder(snapshot: Snapshot, present: RowSet, isEncrypted: boolean): FindUnchanged {
  const inPartial = snapshot.hasPartial ? snapshot.database.finder('partial') : undefined;
  const inPrevious = snapshot.hasPrevious ? snapshot.database.finder('previous') : undefined;
  const recordOf = (old: ManifestRow | undefined, item: PhoneItem): Uint8Array | undefined => {
    if (!old?.file || old.flags !== flagsOf(item)) return undefined;
    return isSameRecord(old.file, item, { isEncrypted, hasDigest: hasDigest(item.domain) }) ? old.file : undefined;
  };
  return (fileId, item) => {
    const previous = inPrevious?.find(fileId);
    if (previous && (item.kind === 'file' || previous.flags !== fileFlag.file)) snapshot.kept.add(previous.row);
    const partial = inPartial?.find(fileId);
    const uploaded = partial && present.has(partial.row) ? recordOf(partial, item) : undefined;
    if (uploaded) return { file: uploaded, isUploaded: true };
    const file = recordOf(previous, item);
    return file && { file, isUploaded: false };
  };
}
