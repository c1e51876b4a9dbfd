import type { Phone } from '../../service.ts';
import { ManifestDatabase } from '../manifest/manifest-database.ts';
import { RowSet } from './row-set.ts';
import { dropScratch, scratchPath } from '../../state/scratch.ts';

const noteKey = 'snapshot';

/** Scratch copies of manifests that a run looks things up in. */
export interface EarlierManifests {
  /** The last finished backup in the host's folder. */
  readonly previous?: string | undefined;
  /** The rows of an interrupted run. */
  readonly partial?: string | undefined;
}

/**
 * The phone's own book of one backup run: rows written so far and which contents the host has in its Snapshot folder.
 *
 * It outlives an interrupted conversation; the next one resumes by it.
 */
export class Snapshot {
  readonly uuid: string;
  readonly isFull: boolean;
  /** Keybag of the run: an interrupted one can go on under the same only. */
  readonly keybag: Buffer;
  readonly database: ManifestDatabase;
  /** Rows whose content lies in the host's Snapshot folder. */
  readonly uploaded = new RowSet();
  /** Rows of the last backup whose item is still on the phone. */
  readonly kept = new RowSet();
  /** Length on the host by row, where it is not the one to expect from the file's size. */
  readonly oddLengths = new Map<number, number>();
  readonly #earlier: EarlierManifests;

  constructor(uuid: string, isFull: boolean, keybag: Buffer, earlier: EarlierManifests) {
    this.uuid = uuid;
    this.isFull = isFull;
    this.keybag = keybag;
    this.#earlier = earlier;
    const attached = Object.entries(earlier).filter((entry): entry is [string, string] => entry[1] !== undefined);
    this.database = new ManifestDatabase(scratchPath('manifest.db'), Object.fromEntries(attached));
  }

  get hasPrevious(): boolean {
    return this.#earlier.previous !== undefined;
  }

  get hasPartial(): boolean {
    return this.#earlier.partial !== undefined;
  }

  /** Gives its database to a resuming run, which deletes it when done. */
  release(): EarlierManifests {
    this.database.close();
    if (this.#earlier.partial !== undefined) dropScratch(this.#earlier.partial);
    return { previous: this.#earlier.previous, partial: this.database.path };
  }

  dispose(): void {
    this.database.close();
    for (const path of [this.database.path, ...Object.values(this.#earlier)]) if (path !== undefined) dropScratch(path);
  }
}

export const rememberedSnapshot = (phone: Phone): Snapshot | undefined => phone.agentMemory.notes.get(noteKey) as Snapshot | undefined;

export function rememberSnapshot(phone: Phone, snapshot: Snapshot): void {
  phone.agentMemory.notes.set(noteKey, snapshot);
}

/** The run is over, or cannot be resumed. */
export function forgetSnapshot(phone: Phone): void {
  rememberedSnapshot(phone)?.dispose();
  phone.agentMemory.notes.delete(noteKey);
}
