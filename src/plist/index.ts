import { readBinaryPlist } from './binary-reader.ts';
import { PlistError, defaultPlistLimits, type PlistLimits, type PlistValue } from './value.ts';
import { readXmlPlist } from './xml-reader.ts';

export * from './value.ts';
export * from './access.ts';
export { readBinaryPlist } from './binary-reader.ts';
export { writeBinaryPlist } from './binary-writer.ts';
export { readXmlPlist } from './xml-reader.ts';
export { writeXmlPlist } from './xml-writer.ts';

/** Reads a property list, binary (`bplist00`) or XML (`<?xml`, `<!DOCTYPE`, `<plist`), told apart by its first bytes. */
export function readPlist(bytes: Uint8Array, limits: PlistLimits = defaultPlistLimits): PlistValue {
  if (bytes.length > limits.maxBytes) throw new PlistError(`Property list of ${bytes.length} bytes is over the limit of ${limits.maxBytes}`);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length === 0) throw new PlistError('Property list is empty', 0);
  return buffer.toString('latin1', 0, 6) === 'bplist' ? readBinaryPlist(buffer, limits) : readXmlPlist(buffer, limits);
}
