import { contentDecipher } from '../../crypto/content-key.ts';
import { setRollbackMode } from '../manifest/database-file.ts';
import { isManifest } from '../manifest/manifest-probe.ts';
import { dropScratch, scratchPath } from '../state/scratch.ts';
import { fetchToScratch, type Failed } from './control-files.ts';
import type { HostFolder } from './host-folder.ts';

/** Path of the scratch copy, which the caller drops; `'broken'` when it is no manifest or does not open with the key. */
export type FetchedDatabase = { readonly path: string } | 'broken' | Failed;

const nothing = Buffer.alloc(0);

/** Fetches a Manifest.db, decrypting it on the way when there is a key. */
export async function fetchDatabase(host: HostFolder, path: string, key: Buffer | undefined): Promise<FetchedDatabase> {
  const copy = scratchPath('manifest.db');
  const decipher = key && contentDecipher(key);
  let isBroken = false;
  const last = (): Buffer => {
    try {
      return decipher?.final() ?? nothing;
    } catch {
      isBroken = true;
      return nothing;
    }
  };
  const fetched = await fetchToScratch(host, path, copy, (bytes) => decipher?.update(bytes) ?? bytes, last);
  if (fetched.value !== undefined) {
    setRollbackMode(copy);
    if (!isBroken && isManifest(copy)) return { path: copy };
  }
  dropScratch(copy);
  return fetched.value === undefined ? fetched : 'broken';
}
