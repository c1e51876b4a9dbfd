import { join } from 'node:path';
import { contentFiles, type ContentFile } from './content-walk.ts';
import type { FileFacts } from './file-system.ts';
import { ownFiles } from './clone.ts';
import { checksumName } from './checksum-file.ts';
import type { TaskContext } from './task.ts';

export interface MeasureRequest {
  readonly udid: string;
  /** Folders of entries of one device. */
  readonly entries: readonly string[];
}

/**
 * Bytes that removing all of these entries would free: files none of whose hard links lies elsewhere. The entries are
 * walked side by side, because links of one file have one id.
 */
export function measureExclusive(context: TaskContext, { udid, entries }: MeasureRequest): { readonly bytes: number } {
  const walks = entries.map((entry) => new Walk(contentFiles(context.files, join(entry, udid)), join(entry, udid)));
  let bytes = entries.reduce((sum, entry) => sum + unsharedBytes(context, entry, udid), 0);
  for (let id = smallest(walks); id !== undefined; id = smallest(walks)) {
    const here = walks.filter((walk) => walk.current?.id === id);
    bytes += exclusiveBytes(here.map((walk) => context.files.stat(walk.path)));
    for (const walk of here) walk.next();
    context.advance(1, 0);
  }
  return { bytes };
}

/** Bytes that a copy of an Apple folder takes. */
export function measureApple(context: TaskContext, { apple }: { readonly apple: string }): { readonly bytes: number } {
  let bytes = ownFiles.reduce((sum, name) => sum + (context.files.stat(join(apple, name))?.size ?? 0), 0);
  for (const { path } of contentFiles(context.files, apple)) {
    bytes += context.files.stat(join(apple, path))?.size ?? 0;
    context.advance(0, 0);
  }
  return { bytes };
}

class Walk {
  readonly #files: Generator<ContentFile>;
  readonly #folder: string;
  current: ContentFile | undefined;

  constructor(files: Generator<ContentFile>, folder: string) {
    this.#files = files;
    this.#folder = folder;
    this.next();
  }

  get path(): string {
    return join(this.#folder, this.current?.path ?? '');
  }

  next(): void {
    const { value, done } = this.#files.next();
    this.current = done ? undefined : value;
  }
}

function smallest(walks: readonly Walk[]): string | undefined {
  let least: string | undefined;
  for (const { current } of walks) if (current && (least === undefined || current.id < least)) least = current.id;
  return least;
}

/** Files of one id in several entries: those all of whose links are among them. */
function exclusiveBytes(files: readonly (FileFacts | undefined)[]): number {
  const first = files[0];
  if (files.length === 1) return first?.links === 1 ? first.size : 0;
  const groups = new Map<string, { links: number; facts: FileFacts }>();
  for (const facts of files) {
    if (!facts) continue;
    const group = groups.get(facts.identity) ?? { links: 0, facts };
    group.links++;
    groups.set(facts.identity, group);
  }
  return [...groups.values()].reduce((sum, { links, facts }) => sum + (links >= facts.links ? facts.size : 0), 0);
}

function unsharedBytes(context: TaskContext, entry: string, udid: string): number {
  const paths = [...ownFiles.map((name) => join(entry, udid, name)), join(entry, checksumName)];
  return paths.reduce((sum, path) => sum + (context.files.stat(path)?.size ?? 0), 0);
}
