import type { TaskContext } from './task.ts';

/** Deletes folders with all they hold; a million files take minutes. */
export function removeTrees(context: TaskContext, request: { readonly paths: readonly string[] }): void {
  for (const path of request.paths) {
    context.files.removeTree(path);
    context.advance(1, 0);
  }
}
