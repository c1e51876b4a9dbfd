import { DataError } from '../shared/errors.ts';
import type { BlockingFileSystem } from './file-system.ts';

const maxBytes = 256 << 20;

/** A whole file such as a property list; `undefined` when missing. Throws `data.limit` past 256 MiB. */
export function readSmallFile(files: BlockingFileSystem, path: string): Buffer | undefined {
  const file = files.openToRead(path);
  if (file === undefined) return undefined;
  try {
    const size = files.size(file);
    if (size > maxBytes) throw new DataError('data.limit', `A file of ${size} bytes is too large`, { subject: path });
    const bytes = Buffer.alloc(size);
    let length = 0;
    for (let read = -1; read !== 0 && length < size; length += read) read = files.read(file, bytes.subarray(length), length);
    return bytes.subarray(0, length);
  } finally {
    files.close(file);
  }
}
