import { appleFile, namedFiles } from '../format/names.ts';
import { CrashError } from '../shared/errors.ts';
import type { LegalPath } from './legal-path.ts';

/*
 * Legal paths on their way to the disk thread, in a form that can say nothing else: a byte for the form, one for a name or
 * shard, 20 for an id. Thousands a second cross the border; as strings they would be copied, hashed and parsed once more.
 */

const form = { sharded: 0, bare: 1, named: 2, root: 3, shard: 4 } as const;
const inSnapshotBit = 8;
const idAt = 2;
const idEnd = 22;

export const packedLength = idEnd;

/** Writes a path to `bytes`; `false` for an archive, which has no packed form. */
export function packPath(path: LegalPath, bytes: Buffer, at: number): boolean {
  if (path.kind === 'archive') return false;
  const [shape, detail] = shapeOf(path);
  bytes[at] = path.inSnapshot ? shape | inSnapshotBit : shape;
  bytes[at + 1] = detail;
  if (path.kind === 'content') bytes.write(path.id, at + idAt, 'hex');
  return true;
}

function shapeOf(path: Exclude<LegalPath, { kind: 'archive' }>): readonly [shape: number, detail: number] {
  if (path.kind === 'content') return [path.isSharded ? form.sharded : form.bare, 0];
  if (path.kind === 'named') return [form.named, namedFiles.indexOf(path.name)];
  return path.shard === '' ? [form.root, 0] : [form.shard, Number.parseInt(path.shard, 16)];
}

/** The path that `packPath` wrote. */
export function unpackPath(bytes: Buffer, at: number, udid: string): LegalPath {
  const code = bytes.readUInt8(at);
  const detail = bytes.readUInt8(at + 1);
  const inSnapshot = (code & inSnapshotBit) !== 0;
  const root = inSnapshot ? `${udid}/${appleFile.snapshot}` : udid;
  switch (code & ~inSnapshotBit) {
    case form.sharded:
    case form.bare:
      return unpackContent(root, inSnapshot, code, bytes.toString('hex', at + idAt, at + idEnd));
    case form.named:
      return unpackNamed(root, inSnapshot, namedFiles[detail]);
    case form.root:
      return { kind: 'directory', path: root, inSnapshot, shard: '' };
    case form.shard: {
      const shard = detail.toString(16).padStart(2, '0');
      return { kind: 'directory', path: `${root}/${shard}`, inSnapshot, shard };
    }
    default:
      throw new CrashError('crash.internal', `A packed path cannot begin with ${code}`);
  }
}

function unpackNamed(root: string, inSnapshot: boolean, name: string | undefined): LegalPath {
  if (name === undefined) throw new CrashError('crash.internal', 'A packed path has a name that does not exist');
  return { kind: 'named', path: `${root}/${name}`, inSnapshot, name };
}

function unpackContent(root: string, inSnapshot: boolean, code: number, id: string): LegalPath {
  const isSharded = (code & ~inSnapshotBit) === form.sharded;
  return { kind: 'content', path: isSharded ? `${root}/${id.slice(0, 2)}/${id}` : `${root}/${id}`, inSnapshot, isSharded, id };
}
