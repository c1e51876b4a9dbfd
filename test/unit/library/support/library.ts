import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Library, type DraftRequest, type FileSystem, type HistoryEntry } from '../../../../src/library/index.ts';
import { FaultFileSystem } from '../../../faults/support/fault-file-system.ts';
import { memoryFolder } from '../../../faults/support/memory-folder.ts';
import type { TestFile } from './make-manifest.ts';
import { runPhone, testUdid } from './phone.ts';

export const testRequest: DraftRequest = {
  udid: testUdid,
  deviceName: 'Test iPhone',
  productType: 'iPhone16,1',
  iosVersion: '17.4',
  isForcedFull: false,
  isEncrypted: false,
};

/** A library in a folder of its own; entries are a minute apart. */
export class TestLibrary {
  readonly root = mkdtempSync(join(memoryFolder(), 'library-'));
  #minutes = 0;

  /** Without `fs` nothing waits for a disk, and bulk work runs in this thread. */
  open(fs: FileSystem = new FaultFileSystem({}).fs): Promise<Library> {
    return Library.open(this.root, fs, { now: () => new Date(Date.UTC(2026, 10, 22, 16, this.#minutes)) });
  }

  /** One whole run; `before` is what the phone held at the last one. */
  async backup(library: Library, files: readonly TestFile[], before?: readonly TestFile[], request: Partial<DraftRequest> = {}): Promise<HistoryEntry> {
    this.#minutes++;
    const draft = await library.startDraft({ ...testRequest, ...request });
    try {
      await runPhone(draft.folder, before ? { files, before } : { files });
      return (await draft.publish()).entry;
    } finally {
      await draft.close();
    }
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
