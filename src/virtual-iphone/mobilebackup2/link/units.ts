/** First byte of a unit inside a file stream; a final code is the negated status code. */
export const fileCode = { success: 0x00, notFound: 0x06, ioError: 0x0b, data: 0x0c } as const;

/** Data bytes of one unit that a phone sends; the length field then says 262145. */
export const chunkSize = 256 << 10;
