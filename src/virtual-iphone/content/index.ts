import type { PhoneContent } from '../contract.ts';
import { BackupContent } from './backup/backup-content.ts';
import { Bulk } from './bulk/bulk.ts';
import { GeneratedContent } from './generated-content.ts';
import { emptyPhone, phoneMaker, type GeneratedPhone } from './phone/generated-tree.ts';
import { demoScale, smallScale, tinyScale } from './phone/scales.ts';
import type { ContentOptions, ContentSpec, GeneratedSpec } from './spec.ts';
import { World } from './world.ts';

export { BackupContentError, type BackupFault } from './backup/errors.ts';
export { encryptedOnly } from './domains.ts';
export { maxFiles, parseContentSpec, type ContentOptions, type ContentSpec, type GeneratedSpec } from './spec.ts';

/** Makes what is on a virtual phone. Equal arguments give equal items and bytes on every host. */
export function createContent(spec: GeneratedSpec, options: ContentOptions): PhoneContent {
  switch (spec.kind) {
    case 'tiny':
      return new GeneratedContent(phoneMaker(new World(options), tinyScale));
    case 'small': {
      const world = new World(options);
      return new GeneratedContent(phoneMaker(world, smallScale(world)));
    }
    case 'demo':
      return new GeneratedContent(phoneMaker(new World(options), demoScale));
    case 'files':
      return manyFiles(spec, options);
  }
}

/** As `createContent`, also for an existing backup, which takes seconds to unlock and to look through. Rejects with `BackupContentError`. */
export async function openContent(spec: ContentSpec, options: ContentOptions): Promise<PhoneContent> {
  return spec.kind === 'backup' ? await BackupContent.open(spec.folder, spec.password) : createContent(spec, options);
}

/** A tiny phone's own files when there is room for them, and as many by formula as are missing. */
function manyFiles(spec: Extract<GeneratedSpec, { kind: 'files' }>, options: ContentOptions): PhoneContent {
  const world = new World(options);
  const sizes = spec.sizes ?? 'mixed';
  const make = phoneMaker(world, tinyScale);
  const own = sizes === 'mixed' && spec.files >= roomyFiles ? make(0).tree : undefined;
  const base = own && own.totals().bytes * 4 <= spec.bytes ? { files: own.fileCount(), bytes: own.totals().bytes } : undefined;
  const files = spec.files - (base?.files ?? 0);
  const bytes = spec.bytes - (base?.bytes ?? 0);
  const bulk = new Bulk({ seed: options.seed, start: world.start, files, bytes, sizes, filler: world.filler });
  return new GeneratedContent(base ? make : (): GeneratedPhone => emptyPhone(world), bulk);
}

const roomyFiles = 500;
