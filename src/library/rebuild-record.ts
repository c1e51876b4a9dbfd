import { join } from 'node:path';
import { readInfoPlist } from '../format/info-plist.ts';
import { appleFile } from '../format/names.ts';
import { readManifestPlist, type ManifestPlist } from '../format/manifest-plist.ts';
import { readStatus } from '../format/status-plist.ts';
import type { BackupRecord } from './backup-record.ts';
import type { LibraryContext } from './context.ts';
import { entryDate } from './layout.ts';

const maxPlist = 64 << 20;

/** What can be known of an entry without its `backup.json`. Counts and sizes stay 0 until the next verification. */
export async function rebuildRecord(context: LibraryContext, udid: string, id: string): Promise<BackupRecord> {
  const apple = join(context.layout.entry(udid, id), udid);
  const manifest = await readOr(context, join(apple, appleFile.manifest), readManifestPlist);
  const status = await readOr(context, join(apple, appleFile.status), readStatus);
  const selection = (await readOr(context, join(apple, appleFile.info), readInfoPlist))?.selection;
  return {
    udid,
    date: entryDate(id),
    kind: selection !== undefined ? 'custom' : status?.isFullBackup === false ? 'incremental' : 'full',
    isEncrypted: manifest?.isEncrypted ?? false,
    // Until a verification has compared it with its manifest it is never a base.
    isComplete: false,
    ...deviceFacts(manifest),
    files: 0,
    size: 0,
    ownSize: 0,
    duration: undefined,
    isLocked: false,
    verification: undefined,
    selection,
    note: undefined,
  };
}

export const deviceFacts = (manifest: ManifestPlist | undefined): Pick<BackupRecord, 'deviceName' | 'productType' | 'iosVersion'> => ({
  deviceName: manifest?.device.name ?? '',
  productType: manifest?.device.productType,
  iosVersion: manifest?.device.iosVersion,
});

async function readOr<T>(context: LibraryContext, path: string, parse: (bytes: Buffer) => T): Promise<T | undefined> {
  try {
    return parse(await context.fs.readFile(path, maxPlist));
  } catch {
    return undefined;
  }
}
