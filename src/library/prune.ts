import { join } from 'node:path';
import type { ManifestPlist } from '../format/manifest-plist.ts';
import { appleFile } from '../format/names.ts';
import type { AppDomains, Selection } from '../shared/selection.ts';
import type { BackupRecord } from './backup-record.ts';
import type { LibraryContext } from './context.ts';
import { CustomStaging } from './custom-staging.ts';
import type { DraftRecord } from './draft-record.ts';
import { changeRecord, newestComplete, readEntry } from './entries.ts';
import type { GatherResult } from './gather.ts';
import { libraryFile } from './layout.ts';
import type { OpenBackup } from './open-backup.ts';
import type { PruneCounts } from './prune-backup.ts';
import { checkDraft, heal, noteDevice, wrongClock, type PublishOptions } from './publish.ts';
import { runTask } from './run-task.ts';
import { makeScratch } from './scratch.ts';
import { dropOlderSpares } from './spare.ts';
import type { HistoryEntry } from './types.ts';

export interface CustomOptions extends Omit<PublishOptions, 'plainManifest'> {
  /** The draft's own manifest. */
  readonly manifest: OpenBackup;
  readonly selection: Selection;
  /** Which groups and extensions belong to which app. */
  readonly apps: readonly AppDomains[];
}

export interface CustomResult extends Pick<PruneCounts, 'missing' | 'unproven'> {
  readonly entry: HistoryEntry;
}

/**
 * Makes a backup of the chosen part of a finished draft, in a staging folder beside it: links to the chosen content, a
 * manifest written afresh, its own checksums. It is compared with its manifest before the one rename that publishes it;
 * the draft, and with it everything that was not chosen, is deleted after that.
 *
 * Throws `data.selection-empty` when nothing is chosen, `data.damaged` when the result is not sound; the draft stays.
 */
export async function publishCustom(context: LibraryContext, record: DraftRecord, base: HistoryEntry | undefined, options: CustomOptions): Promise<CustomResult> {
  const scratch = await makeScratch(context);
  const staging = new CustomStaging(context, record, join(scratch, appleFile.database), options);
  try {
    const { manifest } = await checkDraft(context, staging.source);
    const chosen = await staging.choose(manifest);
    const reference = base ?? (await newestComplete(context, record.udid));
    const gathered = await staging.complete(manifest, chosen, { reference, isClone: base !== undefined });
    const described = describe(context, { record, manifest, chosen, gathered, options });
    const entry = { ...described, ...(await wrongClock(context, record.udid, described.date)) };
    const id = await staging.publish(entry, { madeBy: options.madeBy, missing: chosen.missing });
    // The backup exists: what is left undone here is no reason to call the run a failure.
    await keepHouse(context, record, id, reference).catch(() => {});
    await heal(context, record.udid, id, gathered.healable).catch(() => 0);
    return { entry: await readEntry(context, record.udid, id), missing: chosen.missing, unproven: chosen.unproven };
  } finally {
    // What is left here is swept by the next start, and by the next run.
    await context.fs.removeTree(scratch).catch(() => {});
    await context.fs.removeTree(staging.folder).catch(() => {});
  }
}

interface Description {
  readonly record: DraftRecord;
  readonly manifest: ManifestPlist;
  readonly chosen: PruneCounts;
  readonly gathered: GatherResult;
  readonly options: CustomOptions;
}

const describe = (context: LibraryContext, { record, manifest, chosen, gathered, options }: Description): BackupRecord => ({
  udid: record.udid,
  deviceName: record.deviceName,
  productType: record.productType ?? manifest.device.productType,
  iosVersion: record.iosVersion ?? manifest.device.iosVersion,
  date: context.now(),
  kind: 'custom',
  isEncrypted: manifest.isEncrypted,
  isComplete: false,
  files: gathered.files,
  size: gathered.size,
  ownSize: gathered.ownSize,
  duration: options.duration,
  ...(options.transfer && { transfer: options.transfer }),
  isLocked: false,
  verification: undefined,
  selection: record.selection,
  leftOut: chosen.leftOut,
  note: options.note,
});

/** What the reference alone occupies is known only when the draft's links are gone. */
async function keepHouse(context: LibraryContext, record: DraftRecord, id: string, reference: HistoryEntry | undefined): Promise<void> {
  const { udid } = record;
  await removeDraft(context, context.layout.draft(udid), udid);
  await noteDevice(context, record);
  if (reference) {
    const { bytes } = await runTask(context.fs, 'measureExclusive', { udid, entries: [reference.path] });
    await changeRecord(context, reference, { ownSize: bytes });
  }
  await dropOlderSpares(context, udid, id);
}

/** Without its record a draft was never begun, so that nobody goes on with half of one. Two threads: half a million names take seconds. */
async function removeDraft({ fs }: LibraryContext, draft: string, udid: string): Promise<void> {
  await fs.remove(join(draft, libraryFile.draft));
  await fs.syncFolder(draft);
  const paths = (await fs.readDirectory(join(draft, udid))).map(({ name }) => join(draft, udid, name));
  const middle = paths.length >> 1;
  await Promise.all([paths.slice(0, middle), paths.slice(middle)].map((half) => runTask(fs, 'removeTrees', { paths: half })));
  await fs.removeTree(draft);
}
