/**
 * Gives a buffer's memory back at once; the buffer is empty afterwards. What ciphers put out lies outside of the heap of V8,
 * which sees no reason to collect it before it is 64 MB. A buffer that shares its memory with others is left alone.
 */
export function releaseBuffer({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
