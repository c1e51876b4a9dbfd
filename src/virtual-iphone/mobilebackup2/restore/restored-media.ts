import type { PhoneMedia } from '../../contract.ts';
import { fileIdOf } from '../manifest/file-id.ts';
import type { ItemTable } from './item-table.ts';

/** Domains with files below `/var/mobile/Media`. */
const mediaDomains = ['CameraRollDomain', 'MediaDomain', 'TonesDomain'];

/** The files of a restored phone that AFC reaches. */
export function restoredMedia(table: ItemTable): PhoneMedia {
  const inDomain = (path: string): string => (path === '' ? 'Media' : `Media/${path}`);
  return {
    item: (path) => {
      for (const domain of mediaDomains) {
        const item = table.find(domain, inDomain(path));
        if (item) return item;
      }
      return undefined;
    },
    list: (path) => {
      const names = new Set<string>();
      let isThere = path === '';
      for (const domain of mediaDomains) {
        isThere ||= table.find(domain, inDomain(path))?.kind === 'directory';
        const parent = fileIdOf(domain, inDomain(path));
        for (const item of table.select('WHERE parentID = ?', parent)) names.add(item.path.slice(item.path.lastIndexOf('/') + 1));
      }
      return isThere ? [...names] : undefined;
    },
  };
}
