import { mbError } from '../../../format/mb-errors.ts';
import { contentDecipher } from '../../crypto/content-key.ts';
import { unwrapKey } from '../../crypto/key-wrap.ts';
import { AgentError } from '../errors.ts';
import type { Incoming } from '../link/download.ts';
import type { HostFolder } from '../link/host-folder.ts';
import { shardOf } from '../manifest/file-id.ts';
import { Progress } from '../state/progress.ts';
import type { BackupSource } from './backup-source.ts';
import type { ItemTable, StoredItem } from './item-table.ts';
import type { RestoreStore } from './store.ts';

/** Files of one DownloadFiles message; as for uploads, the real number is not public. */
const batchFiles = 128;

/** Fetches the content of all restored files into the store. Any failure ends the restore with 205. */
export async function downloadContent(host: HostFolder, source: BackupSource, store: RestoreStore, table: ItemTable, bytes: number): Promise<void> {
  const count = Number(store.db.prepare("SELECT count(*) AS files FROM items WHERE isRestored = 1 AND kind = 'file'").get()?.['files']);
  const progress = new Progress(bytes, count);
  const receiver = new ContentReceiver(source, store);
  for (const batch of batches(table)) {
    const size = batch.reduce((sum, item) => sum + item.size, 0);
    receiver.expect(batch, (item) => `${source.name}/${shardOf(item.fileId)}`);
    const status = await host.download(receiver.paths, receiver, { progress: progress.after(size, batch.length), isData: true });
    receiver.requireAll(status.code === 0);
  }
}

/** Batches are read by id from the last one on: the table is written to meanwhile. */
function* batches(table: ItemTable): Iterable<StoredItem[]> {
  let last: StoredItem | undefined;
  for (;;) {
    const batch = [...table.select("WHERE isRestored = 1 AND kind = 'file' AND id > ? ORDER BY id LIMIT ?", last?.id ?? 0, batchFiles)];
    if (batch.length === 0) return;
    yield batch;
    last = batch.at(-1);
  }
}

/** Decrypts what arrives and keeps it. */
class ContentReceiver implements Incoming {
  readonly #source: BackupSource;
  readonly #store: RestoreStore;
  readonly #place: ReturnType<RestoreStore['db']['prepare']>;
  #expected = new Map<string, StoredItem>();
  #failures: string[] = [];
  #item: StoredItem | undefined;
  #decipher: ReturnType<typeof contentDecipher> | undefined;
  #start = 0;
  #received = 0;

  constructor(source: BackupSource, store: RestoreStore) {
    this.#source = source;
    this.#store = store;
    this.#place = store.db.prepare('UPDATE items SET key = NULL, at = ?, length = ? WHERE id = ?');
  }

  get paths(): readonly string[] {
    return [...this.#expected.keys()];
  }

  expect(items: readonly StoredItem[], pathOf: (item: StoredItem) => string): void {
    this.#expected = new Map(items.map((item) => [pathOf(item), item]));
  }

  requireAll(isOk: boolean): void {
    if (isOk && this.#failures.length === 0 && this.#expected.size === 0) return;
    const first = this.#failures[0] ?? `No such file or directory at path "${this.paths[0] ?? ''}" (MBErrorDomain/4)`;
    throw new AgentError(mbError.damaged, 'Multiple errors downloading files', first);
  }

  begin(path: string): void {
    this.#item = this.#expected.get(path);
    this.#expected.delete(path);
    this.#start = this.#store.end;
    this.#received = 0;
    this.#decipher = this.#item?.key ? this.#open(this.#item.key) : undefined;
  }

  data(bytes: Buffer): void {
    this.#received += bytes.length;
    if (this.#item) this.#store.append(this.#decipher ? this.#decipher.update(bytes) : bytes);
  }

  end(error: { readonly text: string } | undefined): void {
    if (!this.#item) return;
    if (error) this.#failures.push(`${error.text} at path "${this.#source.name}/${shardOf(this.#item.fileId)}"`);
    else if (!this.#finish()) this.#failures.push(`Bad padding of ${this.#item.fileId}`);
    this.#place.run(this.#start, this.#store.end - this.#start, this.#item.id);
  }

  /** An empty encrypted file may have come without its padding block. */
  #finish(): boolean {
    if (!this.#decipher || this.#received === 0) return true;
    try {
      this.#store.append(this.#decipher.final());
      return true;
    } catch {
      return false;
    }
  }

  #open(wrapped: Buffer): ReturnType<typeof contentDecipher> {
    const classKey = this.#source.keybag.classKeys.get(wrapped.readUInt32LE(0));
    const key = classKey && unwrapKey(classKey, wrapped.subarray(4));
    if (!key) throw new AgentError(mbError.damaged, `Invalid encryption key of ${this.#item?.fileId ?? ''}`);
    return contentDecipher(key);
  }
}
