import { closeSync, openSync, readSync, statSync, writeSync } from 'node:fs';

/** Bytes 18 and 19 of an SQLite file: 2 in write-ahead mode, as iOS leaves its databases, 1 in rollback mode. */
const modeAt = 18;

/** A finished database as iOS sends it: its header says write-ahead mode, and there is no log. */
export function* databaseBytes(path: string, chunkSize: number): Iterable<Buffer> {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(chunkSize);
    for (let at = 0; ; ) {
      const count = readSync(file, buffer, 0, chunkSize, at);
      if (count === 0) return;
      if (at === 0) buffer.fill(2, modeAt, modeAt + 2);
      yield buffer.subarray(0, count);
      at += count;
    }
  } finally {
    closeSync(file);
  }
}

/** Makes a received database readable without side files. */
export function setRollbackMode(path: string): void {
  if (statSync(path).size < modeAt + 2) return;
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.from([1, 1]), 0, 2, modeAt);
  closeSync(file);
}
