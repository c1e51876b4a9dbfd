import type { FileSystem } from './file-system.ts';
import type { Layout } from './layout.ts';

/** What the parts of a library share. */
export interface LibraryContext {
  readonly fs: FileSystem;
  readonly layout: Layout;
  /** Written by a newer version of this program: nothing is changed. */
  readonly isReadOnly: boolean;
  readonly now: () => Date;
}
