import type { AfcClient } from '../afc/client.ts';

/** The photo library's own mark that it keeps its photos in iCloud; phones since iOS 8.3 show it over AFC. */
const marker = '/PhotoData/cpl_enabled_marker';

/** Whether iCloud Photos is on, as far as the media folder tells. */
export async function hasCloudPhotos(afc: AfcClient): Promise<boolean> {
  return (await afc.stat(marker)) !== undefined;
}
