import type { PhoneItem } from '../../../src/virtual-iphone/contract.ts';
import { ListContent } from '../../unit/virtual-iphone/mobilebackup2/support/list-content.ts';

const domain = 'CameraRollDomain';
/** Bytes of the files; some larger than a unit of the wire, one empty. */
const sizes = [70_000, 1, 300_000, 4096, 0, 150_000, 16, 5000, 90_000, 16_384];

/** Ten files that all change when they are told to, and a count of the bytes the phone read to send them. */
export class ChangingContent extends ListContent {
  readonly sizes: readonly number[] = sizes;
  sent = 0;
  #generation = 0;

  constructor() {
    super([
      { domain, path: '', kind: 'directory' },
      { domain, path: 'Media', kind: 'directory' },
      { domain, path: 'Media/DCIM', kind: 'directory' },
    ]);
    this.change();
  }

  get bytes(): number {
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  /** Gives every file new bytes and a later date. */
  change(): void {
    const generation = ++this.#generation;
    const modified = 1_700_000_000 + generation;
    sizes.forEach((size, index) => {
      const bytes = Buffer.alloc(size, `${generation} ${index} `);
      this.put({ domain, path: `Media/DCIM/IMG_000${index}.JPG`, bytes, facts: { inode: 2000 + index, modified, changed: modified } });
    });
  }

  override *read(item: PhoneItem, chunkSize: number): Iterable<Buffer> {
    for (const chunk of super.read(item, chunkSize)) {
      this.sent += chunk.length;
      yield chunk;
    }
  }
}
