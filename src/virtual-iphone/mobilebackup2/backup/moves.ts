import type { PlistDict } from '../../../plist/index.ts';
import { shardOf } from '../manifest/file-id.ts';
import type { Snapshot } from '../state/snapshot.ts';
import type { BackupContext } from './backup-context.ts';
import { requireOk } from './host-files.ts';

const batchMoves = 128;

/** Content first, then the two manifest files, one message each. */
export async function moveSnapshot(context: BackupContext, snapshot: Snapshot): Promise<void> {
  await moveFiles(context, uploadedFiles(snapshot));
  await moveFiles(context, ['Manifest.plist']);
  await moveFiles(context, ['Manifest.db']);
}

/** Moves files of the Snapshot folder to their place, given by their path below it, in batches of 128. */
export async function moveFiles({ host, udid }: BackupContext, paths: Iterable<string> | AsyncIterable<string>): Promise<void> {
  const move = async (moves: PlistDict): Promise<void> => requireOk(await host.move(moves, { progress: 100 }), 'Error moving files');
  let moves: PlistDict = {};
  let count = 0;
  for await (const path of paths) {
    moves[`${udid}/Snapshot/${path}`] = `${udid}/${path}`;
    if (++count < batchMoves) continue;
    await move(moves);
    moves = {};
    count = 0;
  }
  if (count > 0) await move(moves);
}

function* uploadedFiles(snapshot: Snapshot): Iterable<string> {
  const nameOf = snapshot.database.namer();
  for (const row of snapshot.uploaded) {
    const fileId = nameOf(row);
    if (fileId !== undefined) yield shardOf(fileId);
  }
}
