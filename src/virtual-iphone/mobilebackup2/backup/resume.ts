import { fileIdPattern, type BackupStatus } from '../../../format/names.ts';
import { sealedLength } from '../../crypto/content-key.ts';
import type { ListedEntry } from '../link/host-folder.ts';
import { shardOf } from '../manifest/file-id.ts';
import type { ManifestRow } from '../manifest/row-finder.ts';
import { readRecord } from '../manifest/record-reader.ts';
import { RowSet } from '../state/row-set.ts';
import { rememberedSnapshot, type Snapshot } from '../state/snapshot.ts';
import type { BackupContext } from './backup-context.ts';
import { mark } from './marks.ts';
import { moveFiles } from './moves.ts';
import { removeLeftovers } from './removals.ts';

/** The phone's book of the run that left this status, if it still has it under the same keys. */
export function resumableSnapshot({ phone, keys }: BackupContext, status: BackupStatus): Snapshot | undefined {
  const snapshot = rememberedSnapshot(phone);
  return snapshot?.uuid === status.uuid && snapshot.keybag.equals(keys.keybag.bytes) ? snapshot : undefined;
}

/** Rows of the interrupted run whose content the host has whole in its Snapshot folder, by its own listing. */
export async function presentRows(context: BackupContext, snapshot: Snapshot, listed: readonly ListedEntry[]): Promise<RowSet> {
  const present = new RowSet();
  const rows = snapshot.database.finder();
  for await (const { name, size } of snapshotFiles(context, listed)) {
    const found = rows.find(name);
    if (found && snapshot.uploaded.has(found.row) && lengthOnHost(snapshot, found) === size) present.add(found.row);
  }
  return present;
}

/** Finishes a run that was interrupted while moving or removing. */
export async function finishInterrupted(context: BackupContext, status: BackupStatus, listed: readonly ListedEntry[]): Promise<void> {
  const run = { uuid: status.uuid, isFull: status.isFullBackup };
  if (status.snapshotState === 'moving') {
    await moveFiles(context, snapshotPaths(context, listed));
    for (const name of ['Manifest.plist', 'Manifest.db']) if (listed.some((entry) => entry.name === name)) await moveFiles(context, [name]);
    await mark(context, run, 'removing');
  }
  await removeLeftovers(context, resumableSnapshot(context, status), []);
  await mark(context, run, 'finished');
}

function lengthOnHost(snapshot: Snapshot, { row, file }: ManifestRow): number | undefined {
  const record = file ? readRecord(file) : undefined;
  return snapshot.oddLengths.get(row) ?? (record?.key ? sealedLength(record.size) : record?.size);
}

async function* snapshotPaths(context: BackupContext, listed: readonly ListedEntry[]): AsyncIterable<string> {
  for await (const { name } of snapshotFiles(context, listed)) yield shardOf(name);
}

async function* snapshotFiles({ host, udid }: BackupContext, listed: readonly ListedEntry[]): AsyncIterable<ListedEntry> {
  for (const { name: shard, isDirectory } of listed) {
    if (!isDirectory || !/^[0-9a-f]{2}$/.test(shard)) continue;
    const files = (await host.list(`${udid}/Snapshot/${shard}`)) ?? [];
    yield* files.filter((file) => fileIdPattern.test(file.name) && !file.isDirectory);
  }
}
