import { contentDecipher } from '../../crypto/content-key.ts';
import { setRollbackMode } from '../manifest/database-file.ts';
import { isManifest } from '../manifest/manifest-probe.ts';
import { dropScratch, scratchPath } from '../../state/scratch.ts';
import { fetchToScratch, type Failed, type Opener } from './control-files.ts';
import type { HostFolder } from './host-folder.ts';

/** Path of the scratch copy, which the caller drops; `'broken'` when it is no manifest or does not open with the key. */
export type FetchedDatabase = { readonly path: string } | 'broken' | Failed;

const nothing = Buffer.alloc(0);
const plain: Opener = { update: (bytes) => bytes, final: () => nothing };

/** Fetches a Manifest.db, decrypting it on the way when there is a key. */
export async function fetchDatabase(host: HostFolder, path: string, key: Buffer | undefined): Promise<FetchedDatabase> {
  const copy = scratchPath('manifest.db');
  let isKept = false;
  try {
    const decryption = key && decrypt(key);
    const fetched = await fetchToScratch(host, path, copy, decryption ?? plain);
    if (fetched.value === undefined) return fetched;
    setRollbackMode(copy);
    isKept = decryption?.isBroken !== true && isManifest(copy);
    return isKept ? { path: copy } : 'broken';
  } finally {
    if (!isKept) dropScratch(copy);
  }
}

function decrypt(key: Buffer): Opener & { readonly isBroken: boolean } {
  const decipher = contentDecipher(key);
  let isBroken = false;
  return {
    update: (bytes) => decipher.update(bytes),
    final: () => {
      try {
        return decipher.final();
      } catch {
        isBroken = true;
        return nothing;
      }
    },
    get isBroken() {
      return isBroken;
    },
  };
}
