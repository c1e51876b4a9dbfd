import { PlistError, asDict, readPlist, type PlistDict, type PlistLimits } from '../plist/index.ts';
import { DataError } from '../shared/errors.ts';

/** Reads the dictionary that a property list file of a backup must hold. Throws `DataError('data.plist')` with its name. */
export function readPlistFile(bytes: Uint8Array, name: string, limits: PlistLimits): PlistDict {
  try {
    const dict = asDict(readPlist(bytes, limits));
    if (dict) return dict;
  } catch (cause) {
    if (cause instanceof PlistError) throw new DataError('data.plist', `${name} is not a property list`, { subject: name, cause });
    throw cause;
  }
  throw new DataError('data.plist', `${name} holds no dictionary`, { subject: name });
}
