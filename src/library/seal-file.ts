import { contentCipher } from '../format/content-cipher.ts';
import { releaseBuffer } from '../shared/release-buffer.ts';
import type { TaskContext } from './task.ts';

export interface SealRequest {
  readonly from: string;
  /** Must not exist. */
  readonly to: string;
  /** 32 bytes; without it the file is copied as it is. */
  readonly key: Uint8Array | undefined;
}

const blockLength = 1 << 20;

/** Puts a plain manifest into a backup, encrypted where the backup is. */
export function sealFile(context: TaskContext, { from, to, key }: SealRequest): void {
  const { files } = context;
  const source = files.openToRead(from);
  if (source === undefined) return;
  const target = files.create(to);
  try {
    const cipher = key && contentCipher(key);
    const block = Buffer.allocUnsafe(blockLength);
    let position = 0;
    for (let read = files.read(source, block, 0); read > 0; read = files.read(source, block, position)) {
      const plain = block.subarray(0, read);
      const sealed = cipher?.update(plain);
      files.write(target, sealed ?? plain);
      if (sealed) releaseBuffer(sealed);
      position += read;
      context.advance(0, read);
    }
    if (cipher) files.write(target, cipher.final());
  } finally {
    files.close(target);
    files.close(source);
  }
}
