import { join } from 'node:path';
import type { LibraryContext } from './context.ts';
import { makeDeviceFolder } from './device-folder.ts';
import { jsonDate, jsonString, readJson, writeJson } from './json-file.ts';
import { libraryFile } from './layout.ts';
import type { RunRecord } from './types.ts';

const formatVersion = 1;
const maxText = 64;

/** The last run of a device that began and has not ended well; `undefined` when it has, or when nothing readable is there. */
export async function readRunRecord(context: LibraryContext, udid: string): Promise<RunRecord | undefined> {
  const json = await readJson(context.fs, pathOf(context, udid)).catch(() => undefined);
  const [job, started] = [shortText(json?.['job']), jsonDate(json?.['started'])];
  if (json?.['format'] !== formatVersion || job === undefined || started === undefined) return undefined;
  const [ended, code, phase] = [jsonDate(json['ended']), shortText(json['code']), shortText(json['phase'])];
  return { udid, job, started, end: ended && code !== undefined ? { at: ended, code, phase } : undefined };
}

export async function writeRunRecord(context: LibraryContext, { udid, job, started, end }: RunRecord): Promise<void> {
  await makeDeviceFolder(context, udid);
  await writeJson(context.fs, pathOf(context, udid), { format: formatVersion, job, started, ended: end?.at, code: end?.code, phase: end?.phase });
}

export const removeRunRecord = (context: LibraryContext, udid: string): Promise<void> => context.fs.remove(pathOf(context, udid));

const pathOf = ({ layout }: LibraryContext, udid: string): string => join(layout.device(udid), libraryFile.lastRun);

const shortText = (value: unknown): string | undefined => jsonString(value)?.slice(0, maxText);
