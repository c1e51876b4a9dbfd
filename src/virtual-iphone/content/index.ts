import type { PhoneContent } from '../contract.ts';
import { Bulk } from './bulk/bulk.ts';
import { GeneratedContent } from './generated-content.ts';
import { phoneMaker } from './phone/generated-tree.ts';
import { demoScale, tinyScale } from './phone/scales.ts';
import type { ContentOptions, ContentSpec } from './spec.ts';
import { PhoneTree } from './tree.ts';
import { World } from './world.ts';

export { encryptedOnly } from './domains.ts';
export { maxFiles, parseContentSpec, type ContentOptions, type ContentSpec } from './spec.ts';

/** Makes what is on a virtual phone. Equal arguments give equal items and bytes on every host. */
export function createContent(spec: ContentSpec, options: ContentOptions): PhoneContent {
  switch (spec.kind) {
    case 'tiny':
      return new GeneratedContent(phoneMaker(new World(options), tinyScale), () => []);
    case 'demo':
      return new GeneratedContent(phoneMaker(new World(options), demoScale), () => []);
    case 'files':
      return manyFiles(spec, options);
    case 'backup':
      throw new RangeError('Content of an existing backup cannot be read yet');
  }
}

/** A tiny phone's own files when there is room for them, and as many by formula as are missing. */
function manyFiles(spec: Extract<ContentSpec, { kind: 'files' }>, options: ContentOptions): PhoneContent {
  const world = new World(options);
  const sizes = spec.sizes ?? 'mixed';
  const makeTree = phoneMaker(world, tinyScale);
  const base = sizes === 'mixed' && spec.files >= 500 ? makeTree(0) : new PhoneTree(world.start);
  const isRoomy = base.totals().bytes * 4 <= spec.bytes;
  const own = isRoomy ? base.totals() : { items: 0, bytes: 0 };
  const files = spec.files - (isRoomy ? base.fileCount() : 0);
  const bulk = new Bulk({ seed: options.seed, start: world.start, files, bytes: spec.bytes - own.bytes, sizes, filler: world.filler });
  const tree = isRoomy && own.items > 0 ? makeTree : (): PhoneTree => new PhoneTree(world.start);
  return new GeneratedContent(tree, () => [], bulk);
}
