import { crc32 } from 'node:zlib';
import { DataError } from '../shared/errors.ts';
import { namedFiles } from '../format/names.ts';
import type { BlockingFileSystem } from './file-system.ts';
import { JournalTable, journalField, journalRecordLength, placeOfNames } from './journal-table.ts';
import type { LegalFile } from './legal-path.ts';
import type { TaskContext } from './task.ts';

/*
 * The journal of a draft: what was received with which SHA-256, in order. Append-only records of a fixed width, each with
 * its own CRC, so that a torn or zeroed tail after a crash is recognised and everything before it stays good.
 */

export const journalKind = {
  /** A file is whole under its path: size and SHA-256 follow. */
  file: 1,
  /** A content file came to this place from the other one, under the same id. */
  moved: 2,
  /** This path was written in a way that the journal cannot follow. */
  forget: 3,
  /** Folders were moved or copied as a whole: no earlier record can be trusted. */
  reset: 4,
  /** All before this is on the disk. */
  durable: 5,
} as const;

export type JournalKind = (typeof journalKind)[keyof typeof journalKind];

const recordsPerBlock = 4096;

/** `place`: 0 content, 1 content in Snapshot, then two for each named file. */
function placeOf(path: LegalFile): number {
  const inSnapshot = path.inSnapshot ? 1 : 0;
  return path.kind === 'content' ? inSnapshot : placeOfNames + 2 * namedFiles.indexOf(path.name) + inSnapshot;
}

export class JournalWriter {
  readonly #files: BlockingFileSystem;
  readonly #file: number;
  readonly #buffer = Buffer.alloc(recordsPerBlock * journalRecordLength);
  readonly #record = new CheckedRecord();
  #used = 0;

  constructor(files: BlockingFileSystem, path: string) {
    this.#files = files;
    this.#file = files.openToAppend(path);
  }

  file(path: LegalFile, size: number, sha256: Uint8Array): void {
    this.#add(journalKind.file, path, size, sha256);
  }

  note(kind: JournalKind, path?: LegalFile): void {
    this.#add(kind, path, 0, undefined);
  }

  #add(kind: JournalKind, path: LegalFile | undefined, size: number, sha256: Uint8Array | undefined): void {
    if (this.#used === this.#buffer.length) this.flush();
    const { bytes } = this.#record;
    bytes.fill(0);
    bytes[journalField.kind] = kind;
    bytes[journalField.place] = path ? placeOf(path) : 0;
    bytes.writeUIntLE(size, journalField.size, 6);
    if (path?.kind === 'content') bytes.write(path.id, journalField.id, 'hex');
    if (sha256) bytes.set(sha256, journalField.sha256);
    bytes.writeUInt32LE(this.#record.checksum(), journalField.checksum);
    this.#buffer.set(bytes, this.#used);
    this.#used += journalRecordLength;
  }

  flush(): void {
    if (this.#used > 0) this.#files.write(this.#file, this.#buffer.subarray(0, this.#used));
    this.#used = 0;
  }

  close(): void {
    this.#files.close(this.#file);
  }
}

/** Memory of one record with views of what its CRC covers, which is all but the CRC: made once, there are two records a file. */
class CheckedRecord {
  readonly bytes = Buffer.alloc(journalRecordLength);
  readonly #head = this.bytes.subarray(0, journalField.checksum);
  readonly #rest = this.bytes.subarray(journalField.size);

  checksum(): number {
    return crc32(this.#rest, crc32(this.#head));
  }
}

/** A journal replayed; `isReset` when paths without a state must be read again too. */
export interface Replay {
  readonly states: JournalTable;
  readonly isReset: boolean;
}

/** Range of first bytes of content ids, to replay a large journal in several passes of bounded memory. */
export interface IdRange {
  readonly from: number;
  readonly to: number;
}

export const allIds: IdRange = { from: 0, to: 256 };
const recordsPerPass = 400_000;
/** A table that is too small doubles, and is there twice for a moment. */
const evenEnough = 1.05;

/**
 * Replays a journal in ranges of ids, so that millions of records need no more memory than these. Named files are in every
 * pass. A replay is valid until the next one, which uses its memory.
 */
export function* replayInPasses(files: BlockingFileSystem, path: string): Generator<{ readonly range: IdRange; readonly replay: Replay }> {
  const records = (files.stat(path)?.size ?? 0) / journalRecordLength;
  const passes = Math.min(256, Math.max(1, Math.ceil(records / recordsPerPass)));
  // Two records are one file, received and moved, except in an interrupted run. Ids are spread evenly, not exactly so.
  const widest = Math.ceil(256 / passes) / 256;
  const states = new JournalTable((records / 2) * widest * evenEnough);
  for (let pass = 0; pass < passes; pass++) {
    const range = { from: Math.floor((256 * pass) / passes), to: Math.floor((256 * (pass + 1)) / passes) };
    states.clear();
    yield { range, replay: { states, isReset: replayInto(states, journalRecords(files, path, range)) } };
  }
}

/** Answers whether everything was forgotten on the way. */
function replayInto(states: JournalTable, records: Iterable<Buffer>): boolean {
  let isReset = false;
  for (const record of records) {
    const kind = record.readUInt8(journalField.kind);
    if (kind === journalKind.reset) {
      states.clear();
      isReset = true;
    } else if (kind === journalKind.durable) states.markDurable();
    else if (kind === journalKind.file) states.received(record);
    else if (kind === journalKind.moved) states.moved(record);
    else if (kind === journalKind.forget) states.forgotten(record);
    else throw new DataError('data.damaged', `Unknown journal record ${kind}`);
  }
  return isReset;
}

/** Files and bytes of all that was received. */
export function sumJournal({ files }: TaskContext, { journal }: { readonly journal: string }): { readonly files: number; readonly bytes: number } {
  const sum = { files: 0, bytes: 0 };
  for (const record of journalRecords(files, journal, allIds)) {
    if (record.readUInt8(journalField.kind) !== journalKind.file) continue;
    sum.files++;
    sum.bytes += record.readUIntLE(journalField.size, 6);
  }
  return sum;
}

/** Records up to the first damaged one, as views that are valid until the next. Records of ids outside `range` are left out. */
function* journalRecords(files: BlockingFileSystem, path: string, range: IdRange): Generator<Buffer> {
  const file = files.openToRead(path);
  if (file === undefined) return;
  try {
    const block = Buffer.alloc(recordsPerBlock * journalRecordLength);
    const record = new CheckedRecord();
    const { bytes } = record;
    for (let position = 0; ; ) {
      const read = files.read(file, block, position);
      for (let at = 0; at + journalRecordLength <= read; at += journalRecordLength) {
        block.copy(bytes, 0, at, at + journalRecordLength);
        if (bytes[journalField.kind] === 0 || bytes.readUInt32LE(journalField.checksum) !== record.checksum()) return;
        const first = bytes.readUInt8(journalField.id);
        const isContent = bytes.readUInt8(journalField.kind) <= journalKind.forget && bytes.readUInt8(journalField.place) < placeOfNames;
        if (!isContent || (first >= range.from && first < range.to)) yield bytes;
      }
      if (read < journalRecordLength) return;
      position += read - (read % journalRecordLength);
    }
  } finally {
    files.close(file);
  }
}
