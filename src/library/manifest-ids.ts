import { ManifestReader } from '../format/manifest-reader.ts';
import { fileIdPattern } from '../format/names.ts';
import { IdSet } from './id-set.ts';

/** Ids of all regular files of a plain Manifest.db. Throws `data.manifest`. */
export function manifestFileIds(path: string): IdSet {
  const manifest = ManifestReader.open(path);
  try {
    const ids = new IdSet(manifest.count());
    for (const id of manifest.contentIds()) if (fileIdPattern.test(id)) ids.add(id);
    return ids;
  } finally {
    manifest.close();
  }
}
