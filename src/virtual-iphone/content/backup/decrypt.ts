import { createDecipheriv } from 'node:crypto';

const blockBytes = 16;

/**
 * Opens AES-256-CBC content with a zero initial value, chunk by chunk. Padding after PKCS#7 is taken off; content
 * without it (foreign writers) is cut to `size` when that lies within the last block, else kept whole.
 */
export function* decryptChunks(chunks: Iterable<Buffer>, key: Buffer, size: number): Iterable<Buffer> {
  const decipher = createDecipheriv('aes-256-cbc', key, Buffer.alloc(blockBytes)).setAutoPadding(false);
  let held = Buffer.alloc(0);
  let sent = 0;
  for (const chunk of chunks) {
    const plain = decipher.update(chunk);
    if (plain.length === 0) continue;
    const whole = Buffer.concat([held, plain]);
    held = whole.subarray(whole.length - blockBytes);
    const ready = whole.subarray(0, whole.length - blockBytes);
    sent += ready.length;
    if (ready.length > 0) yield ready;
  }
  const last = held.subarray(0, lastLength(held, size - sent));
  if (last.length > 0) yield last;
}

/** How much of the last block is content; `rest` is what should be left of it. */
function lastLength(block: Buffer, rest: number): number {
  const padding = block.at(-1) ?? 0;
  const isPadded = padding >= 1 && padding <= blockBytes && block.subarray(block.length - padding).every((byte) => byte === padding);
  if (isPadded) return block.length - padding;
  return rest >= 0 && rest < block.length ? rest : block.length;
}
