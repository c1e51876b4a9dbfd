import { namedFiles } from '../format/names.ts';

/** Where the fields of a journal record begin: kind, place, CRC-32 (4 bytes), size (6), id (20), SHA-256 (32). */
export const journalField = { kind: 0, place: 1, checksum: 4, size: 8, id: 16, sha256: 36 } as const;
export const journalRecordLength = 68;
export const placeOfNames = 2;

/** What the journal says of one path: its bytes, or `unknown` when they have to be read again. */
export interface JournalState {
  readonly size: number;
  readonly sha256: Buffer;
  /** Written before the last barrier: a crash cannot have damaged it. */
  readonly isDurable: boolean;
}

/** First byte of a slot, where a record has its kind; the rest of a slot is the record's. */
const slot = { empty: 0, received: 1, durable: 2, unknown: 3, gone: 4 } as const;
const fewest = 64;
const fullest = 0.75;

/**
 * The last state of each path of a journal, by place and id: the records themselves in an open hash table, as objects of a
 * million files would need hundreds of megabytes. The hash is of the id alone, so that a file can move within its slot.
 */
export class JournalTable {
  #slots: Buffer;
  #count: number;
  #used = 0;

  constructor(expected: number) {
    this.#count = Math.max(fewest, Math.ceil(expected / fullest));
    this.#slots = Buffer.alloc(this.#count * journalRecordLength);
  }

  /** `key`: the id or the name, after `s/` for what lies in Snapshot. */
  get(key: string): JournalState | 'unknown' | undefined {
    const found = this.#find(keyRecord(key));
    const state = found[journalField.kind];
    if (state === slot.unknown) return 'unknown';
    if (state !== slot.received && state !== slot.durable) return undefined;
    return {
      size: found.readUIntLE(journalField.size, 6),
      sha256: Buffer.from(found.subarray(journalField.sha256)),
      isDurable: state === slot.durable,
    };
  }

  received(record: Buffer): void {
    this.#set(record, slot.received);
  }

  forgotten(record: Buffer): void {
    this.#set(record, slot.unknown);
  }

  /** To the record's place, from the other one with the same id or name. */
  moved(record: Buffer): void {
    const from = this.#find(record, otherPlace(record));
    const state = from[journalField.kind] ?? slot.empty;
    if (state === slot.empty || state === slot.gone) return this.#set(record, slot.unknown);
    const to = this.#find(record);
    if (to[journalField.kind] === slot.empty) from[journalField.place] = record.readUInt8(journalField.place);
    else {
      from.copy(to);
      to[journalField.place] = record.readUInt8(journalField.place);
      from[journalField.kind] = slot.gone;
    }
  }

  markDurable(): void {
    for (let at = 0; at < this.#slots.length; at += journalRecordLength) if (this.#slots[at] === slot.received) this.#slots[at] = slot.durable;
  }

  clear(): void {
    this.#slots.fill(0);
    this.#used = 0;
  }

  #set(record: Buffer, state: number): void {
    if (this.#used >= this.#count * fullest) this.#grow();
    const found = this.#find(record);
    if (found[journalField.kind] === slot.empty) this.#used++;
    record.copy(found);
    found[journalField.kind] = state;
  }

  /** The slot of a path, or the empty one where it would be. */
  #find(record: Buffer, place = record.readUInt8(journalField.place)): Buffer {
    for (let index = record.readUInt32LE(journalField.id) % this.#count; ; index = index + 1 < this.#count ? index + 1 : 0) {
      const at = index * journalRecordLength;
      const isHere = this.#slots[at + journalField.place] === place && sameId(record, this.#slots, at);
      if (isHere || this.#slots[at] === slot.empty) return this.#slots.subarray(at, at + journalRecordLength);
    }
  }

  #grow(): void {
    const old = this.#slots;
    this.#count *= 2;
    this.#slots = Buffer.alloc(this.#count * journalRecordLength);
    this.#used = 0;
    for (let at = 0; at < old.length; at += journalRecordLength) {
      const record = old.subarray(at, at + journalRecordLength);
      const state = record[journalField.kind] ?? slot.empty;
      if (state !== slot.empty && state !== slot.gone) this.#set(record, state);
    }
  }
}

const otherPlace = (record: Buffer): number => record.readUInt8(journalField.place) ^ 1;

const sameId = (record: Buffer, slots: Buffer, at: number): boolean =>
  record.compare(slots, at + journalField.id, at + journalField.sha256, journalField.id, journalField.sha256) === 0;

function keyRecord(key: string): Buffer {
  const record = Buffer.alloc(journalRecordLength);
  const inSnapshot = key.startsWith('s/');
  const name = inSnapshot ? key.slice(2) : key;
  const named = namedFiles.indexOf(name);
  record[journalField.place] = (named < 0 ? 0 : placeOfNames + 2 * named) + (inSnapshot ? 1 : 0);
  if (named < 0) record.write(name, journalField.id, 'hex');
  return record;
}
