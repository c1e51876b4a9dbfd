export { Library, type LibraryOptions } from './library.ts';
export type { Draft } from './draft.ts';
export type { DraftRequest } from './draft-record.ts';
export type { DraftStart } from './prepare-draft.ts';
export type { PublishOptions, PublishResult } from './publish.ts';
export type { BlockingFileSystem, FileSystem } from './file-system.ts';
export { NodeFileSystem } from './node-file-system.ts';
export type * from './types.ts';
