import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Device ids as muxers see them; nothing that could leave the folder. */
const idPattern = /^[0-9A-Za-z][0-9A-Za-z-]{0,63}$/;
const suffix = '.plist';

/** The host's pair records, in memory and, when a folder is given, on disk (private, as they are keys to the phone). */
export class PairRecords {
  readonly #records = new Map<string, Buffer>();
  readonly #folder: string | undefined;

  constructor(folder?: string) {
    this.#folder = folder;
    if (!folder) return;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(folder)) {
      const id = name.slice(0, -suffix.length);
      if (name.endsWith(suffix) && idPattern.test(id)) this.#records.set(id, readFileSync(join(folder, name)));
    }
  }

  /** Ids are taken with and without their dash: some hosts use the serial number that muxers tell. */
  get(id: string): Buffer | undefined {
    return this.#records.get(withDash(id));
  }

  /** False when the id cannot be one. */
  save(serial: string, record: Buffer): boolean {
    const id = withDash(serial);
    if (!idPattern.test(id)) return false;
    this.#records.set(id, Buffer.from(record));
    if (this.#folder) writeFileSync(join(this.#folder, id + suffix), record, { mode: 0o600 });
    return true;
  }

  /** False when there was none. */
  delete(serial: string): boolean {
    const id = withDash(serial);
    const known = this.#records.delete(id);
    if (known && this.#folder) rmSync(join(this.#folder, id + suffix), { force: true });
    return known;
  }
}

function withDash(id: string): string {
  return /^[0-9A-F]{24}$/.test(id) ? `${id.slice(0, 8)}-${id.slice(8)}` : id;
}
