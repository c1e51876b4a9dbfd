import { ContentDecipher } from '../format/content-cipher.ts';
import { DataError } from '../shared/errors.ts';
import { releaseBuffer } from '../shared/release-buffer.ts';
import type { TaskContext } from './task.ts';

export interface DecryptRequest {
  readonly from: string;
  /** Must not exist. */
  readonly to: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

const blockLength = 1 << 20;

/** Decrypts a manifest or content file. Throws `data.damaged` when it is missing, cut off or not padded. */
export function decryptFile(context: TaskContext, request: DecryptRequest): { readonly size: number } {
  const { files } = context;
  const from = files.openToRead(request.from);
  if (from === undefined) throw damaged('is missing', request.from);
  try {
    const to = files.create(request.to);
    try {
      return { size: decrypt(context, from, to, request) };
    } finally {
      files.close(to);
    }
  } finally {
    files.close(from);
  }
}

function decrypt(context: TaskContext, from: number, to: number, request: DecryptRequest): number {
  const { files } = context;
  const aes = new ContentDecipher(request.key);
  const block = Buffer.allocUnsafe(blockLength);
  let position = 0;
  for (let read = files.read(from, block, 0); read > 0; read = files.read(from, block, position)) {
    const plain = aes.update(block.subarray(0, read));
    files.write(to, plain);
    releaseBuffer(plain);
    position += read;
    context.advance(0, read);
  }
  files.write(to, aes.final());
  if (aes.end !== 'padding') throw damaged('does not decrypt', request.from);
  return aes.outputLength;
}

const damaged = (what: string, subject: string): DataError => new DataError('data.damaged', `An encrypted file ${what}`, { subject });
