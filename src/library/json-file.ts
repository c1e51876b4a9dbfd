import { DataError } from '../shared/errors.ts';
import { diskError } from './disk-error.ts';
import type { FileSystem } from './file-system.ts';

/** A JSON object as it lies on the disk; fields that this version does not know are kept when it is written again. */
export type JsonObject = Readonly<Record<string, unknown>>;

const maxBytes = 1 << 20;

/** `undefined` when the file is missing. Throws `data.damaged` when it holds no JSON object. */
export async function readJson(fs: FileSystem, path: string): Promise<JsonObject | undefined> {
  let text: string;
  try {
    text = (await fs.readFile(path, maxBytes)).toString('utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw diskError(error, path);
  }
  const value = parse(text);
  if (!isJsonObject(value)) throw new DataError('data.damaged', 'A file of the library is not JSON', { subject: path });
  return value;
}

export async function writeJson(fs: FileSystem, path: string, value: JsonObject): Promise<void> {
  try {
    await fs.writeFileAtomically(path, Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`));
  } catch (error) {
    throw diskError(error, path);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const isJsonObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

export const jsonString = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
export const jsonBoolean = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);
/** Finite and not negative: all our figures are sizes, counts and durations. */
export const jsonNumber = (value: unknown): number | undefined => (typeof value === 'number' && value >= 0 && Number.isFinite(value) ? value : undefined);

export function jsonDate(value: unknown): Date | undefined {
  const date = typeof value === 'string' ? new Date(value) : undefined;
  return date && !Number.isNaN(date.getTime()) ? date : undefined;
}
