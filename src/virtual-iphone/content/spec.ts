/** What is on a virtual phone. `sizes: 'even'` makes all generated files equally long, for measurements. */
export type GeneratedSpec =
  | { readonly kind: 'tiny' }
  | { readonly kind: 'small' }
  | { readonly kind: 'demo' }
  | { readonly kind: 'files'; readonly files: number; readonly bytes: number; readonly sizes?: 'mixed' | 'even' | undefined };

/** Generated, or that of an existing backup. */
export type ContentSpec = GeneratedSpec | { readonly kind: 'backup'; readonly folder: string; readonly password?: string | undefined };

/** All that decides the bytes of generated content; equal options give equal content on every host. */
export interface ContentOptions {
  readonly seed: number;
  /** `17.5.1` */
  readonly ios: string;
  /** `iPhone16,1` */
  readonly productType: string;
  /** `en`, `de`, `zh`, also with a region (`zh-Hans`); others speak English. */
  readonly language: string;
  /** Start of the phone's clock. */
  readonly clock: Date;
}

/** The largest count of files seen in the wild (one backup of 86 GB). */
export const maxFiles = 1_310_000;
const maxBytes = 2 ** 43;
const usage = `Content is "tiny", "small", "demo" or "files=N,bytes=M" (up to ${maxFiles} files)`;

/** Parses `tiny`, `small`, `demo`, `files=N,bytes=M[,sizes=even|mixed]`. Throws `RangeError` with a sentence for a person. */
export function parseContentSpec(text: string): GeneratedSpec {
  if (text === 'tiny' || text === 'small' || text === 'demo') return { kind: text };
  const fields = new Map(text.split(',').map((field) => splitOnce(field)));
  const sizes = fields.get('sizes');
  const known = [...fields.keys()].every((key) => key === 'files' || key === 'bytes' || key === 'sizes');
  if (!known || (sizes !== undefined && sizes !== 'even' && sizes !== 'mixed')) throw new RangeError(usage);
  const files = count(fields.get('files'), maxFiles);
  const bytes = count(fields.get('bytes'), maxBytes);
  return sizes === undefined ? { kind: 'files', files, bytes } : { kind: 'files', files, bytes, sizes };
}

function splitOnce(field: string): [string, string] {
  const at = field.indexOf('=');
  return at < 0 ? [field, ''] : [field.slice(0, at), field.slice(at + 1)];
}

function count(text: string | undefined, limit: number): number {
  const value = text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= limit)) throw new RangeError(usage);
  return value;
}
