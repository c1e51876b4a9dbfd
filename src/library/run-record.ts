import { join } from 'node:path';
import type { Diagnosed } from '../shared/diagnosis-report.ts';
import { impersonalFacts, ownId, plainCode } from '../shared/impersonal.ts';
import type { LibraryContext } from './context.ts';
import { makeDeviceFolder } from './device-folder.ts';
import { isJsonObject, jsonDate, jsonString, readJson, writeJson, type JsonObject } from './json-file.ts';
import { libraryFile } from './layout.ts';
import type { RunEnd, RunRecord } from './types.ts';

const formatVersion = 1;
const maxText = 64;
/** Of notices, and of findings: more explain nothing. */
const most = { notices: 32, findings: 8 } as const;

/** The last run of a device that began and has not ended well; `undefined` when it has, or when nothing readable is there. */
export async function readRunRecord(context: LibraryContext, udid: string): Promise<RunRecord | undefined> {
  const json = await readJson(context.fs, pathOf(context, udid)).catch(() => undefined);
  const [job, started] = [shortText(json?.['job']), jsonDate(json?.['started'])];
  if (json?.['format'] !== formatVersion || job === undefined || started === undefined) return undefined;
  return { udid, job, started, end: parseEnd(json) };
}

/** Nothing that could name a person or a place is written. */
export async function writeRunRecord(context: LibraryContext, { udid, job, started, end }: RunRecord): Promise<void> {
  await makeDeviceFolder(context, udid);
  await writeJson(context.fs, pathOf(context, udid), { format: formatVersion, job, started, ...(end && endJson(end)) });
}

export const removeRunRecord = (context: LibraryContext, udid: string): Promise<void> => context.fs.remove(pathOf(context, udid));

const pathOf = ({ layout }: LibraryContext, udid: string): string => join(layout.device(udid), libraryFile.lastRun);

const shortText = (value: unknown): string | undefined => jsonString(value)?.slice(0, maxText);

function endJson({ at, code, phase, subject, facts, notices, diagnosis }: RunEnd): JsonObject {
  return {
    ended: at, code: plainCode(code), phase, subject: ownId(subject), facts: facts && impersonalFacts(facts), notices: notices?.slice(0, most.notices),
    diagnosis: diagnosis?.slice(0, most.findings).map(({ row, severity, facts: seen }) => ({ row, severity, facts: impersonalFacts(seen) })),
  };
}

function parseEnd(json: JsonObject): RunEnd | undefined {
  const [at, code] = [jsonDate(json['ended']), shortText(json['code'])];
  if (!at || code === undefined) return undefined;
  const end = { at, code, phase: shortText(json['phase']) };
  const { facts, notices, diagnosis } = json;
  const subject = ownId(json['subject']);
  return {
    ...end,
    ...(subject !== undefined && { subject }),
    ...(isJsonObject(facts) && { facts: impersonalFacts(facts) }),
    ...(Array.isArray(notices) && { notices: notices.slice(0, most.notices).flatMap((notice) => shortText(notice) ?? []) }),
    ...(Array.isArray(diagnosis) && { diagnosis: diagnosis.slice(0, most.findings).flatMap((found) => parseFinding(found) ?? []) }),
  };
}

const severities: readonly Diagnosed['severity'][] = ['blocker', 'warning', 'info'];

function parseFinding(json: unknown): Diagnosed | undefined {
  if (!isJsonObject(json)) return undefined;
  const { row, facts } = json;
  const severity = severities.find((each) => each === json['severity']);
  const id = shortText(row);
  return id === undefined || severity === undefined ? undefined : { row: id, severity, facts: isJsonObject(facts) ? impersonalFacts(facts) : {} };
}
