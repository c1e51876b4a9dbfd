/**
 * Gives a buffer's memory back at once; the buffer is empty afterwards. What ciphers put out and sockets receive lies outside
 * of the heap of V8, which lets it pile up, or collects all memory over and over for it. A buffer that shares its memory with
 * others is left alone.
 */
export function releaseBuffer({ buffer, byteLength }: Uint8Array): void {
  if (byteLength > 0 && buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
