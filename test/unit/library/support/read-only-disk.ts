import { existsSync } from 'node:fs';
import { sep } from 'node:path';
import type { FileSystem } from '../../../../src/library/index.ts';
import { FaultFileSystem, errnoError, type Operation } from '../../../faults/support/fault-file-system.ts';

/** Which argument names what an operation changes; of `rename` the first does for both. */
const targets: Readonly<Record<string, number>> = { create: 0, openToAppend: 0, writeFileAtomically: 0, rename: 0, link: 1, copyFile: 1 };
/** A name that is there is no change to one, and a missing one none to the other. */
const harmlessWhen: Readonly<Record<string, boolean>> = { makeDirectory: true, remove: false, removeTree: false };

/** The real disk, on which nothing below `root` can be changed, as where Linux mounts a failing one anew. */
export const readOnlyDisk = (root: string): FileSystem => new FaultFileSystem({ before: (operation) => refuse(root, operation) }).fs;

function refuse(root: string, { name, args }: Operation): void {
  const path = String(args[targets[name] ?? 0]);
  if (!path.startsWith(root + sep)) return;
  const isHarmless = harmlessWhen[name] === existsSync(path);
  const isChange = name in targets || name in harmlessWhen || (name === 'open' && args[1] === 'create');
  if (isChange && !isHarmless) throw errnoError('EROFS', name);
}
