import { linkStatus } from '../../../format/mb-errors.ts';
import type { PlistDict } from '../../../plist/index.ts';
import { devicePath } from '../backup/device-paths.ts';
import { requireOk } from '../backup/host-files.ts';
import type { HostFolder } from '../link/host-folder.ts';
import { chunkSize } from '../link/units.ts';
import type { Outgoing } from '../link/upload.ts';
import { openSource, type BackupSource } from '../restore/backup-source.ts';
import { downloadContent } from '../restore/download.ts';
import { ItemTable, type StoredItem } from '../restore/item-table.ts';
import { planRestore } from '../restore/plan.ts';
import { RestoreStore } from '../restore/store.ts';
import { dropScratch } from '../../state/scratch.ts';
import { passwordIn, sourceName } from './source.ts';

const target = '_unback_';
const batchFiles = 128;

/** `Unback`: has the host write a backup's files under `_unback_/<domain>/<path>`. Real phones since iOS 9.3 crash at it. */
export async function unpackBackup(host: HostFolder, request: PlistDict): Promise<void> {
  const source = await openSource(host, sourceName(host, request), passwordIn(request));
  const store = new RestoreStore();
  try {
    await unpack(host, source, store);
  } finally {
    store.close();
    dropScratch(source.database);
  }
}

async function unpack(host: HostFolder, source: BackupSource, store: RestoreStore): Promise<void> {
  const table = new ItemTable(store);
  const bytes = await planRestore(table, source, () => true);
  await downloadContent(host, source, store, table, bytes);
  await createDirectory(host, target);
  for (const { domain, path } of table.select("WHERE kind = 'directory' ORDER BY domain, path")) await createDirectory(host, placeOf(domain, path));
  let batch: StoredItem[] = [];
  for (const item of table.select("WHERE kind = 'file' ORDER BY domain, path")) {
    if (batch.push(item) < batchFiles) continue;
    await upload(host, store, batch);
    batch = [];
  }
  if (batch.length > 0) await upload(host, store, batch);
}

const placeOf = (domain: string, path: string): string => (path === '' ? `${target}/${domain}` : `${target}/${domain}/${path}`);

async function createDirectory(host: HostFolder, path: string): Promise<void> {
  const status = await host.createDirectory(path);
  if (status.code !== linkStatus.exists) requireOk(status, `Error creating directory at path "${path}"`);
}

async function upload(host: HostFolder, store: RestoreStore, items: readonly StoredItem[]): Promise<void> {
  const files = items.map(({ domain, path, extent }): Outgoing => ({
    devicePath: devicePath(domain, path),
    hostPath: placeOf(domain, path),
    chunks: store.read(extent, chunkSize),
  }));
  const { status } = await host.upload(files, { progress: 100, isData: true });
  requireOk(status, 'Multiple errors uploading files');
}
