import type { HistoryEntry, Library, TaskOptions } from '../library/index.ts';
import { EngineError } from '../shared/errors.ts';
import type { Finding, History, VerifyReport, VerifyRequest } from './api.ts';
import type { JobContext } from './job-context.ts';

/** Follows bulk work of the disk; `total` in bytes where it is known. */
function followDisk(job: JobContext, before = 0, total?: number): TaskOptions {
  let files = 0;
  return {
    signal: job.signal,
    onProgress: (progress) => {
      files = Math.max(files, progress.files);
      job.progress.passed(before + progress.bytes, files);
      if (total !== undefined && total > 0) job.progress.percent((100 * (before + progress.bytes)) / total);
    },
  };
}

type VerifiedEntry = VerifyReport['entries'][number];

/** Verifies one entry or all of them, oldest trouble first told: each entry's result stands in its record as soon as it is known. */
export async function verify(library: Library, request: VerifyRequest, job: JobContext): Promise<VerifyReport> {
  const entries = request.entry ? [await library.entry(request.entry.udid, request.entry.id)] : await library.entries();
  const total = request.level === 'structure' ? undefined : entries.reduce((sum, entry) => sum + entry.size, 0);
  job.progress.phase('hashing');
  const results: VerifiedEntry[] = [];
  let before = 0;
  for (const entry of entries) {
    job.throwIfCancelled();
    try {
      results.push(await repairAndVerify(library, entry, request, followDisk(job, before, total)));
    } catch (error) {
      // Of all, those that another process deletes meanwhile are not missed.
      if (request.entry || !(await wasDeleted(library, entry))) throw error;
    }
    before += entry.size;
  }
  job.progress.phase('finished');
  return { entries: results };
}

async function repairAndVerify(library: Library, entry: HistoryEntry, request: VerifyRequest, options: TaskOptions): Promise<VerifiedEntry> {
  const repaired = library.isReadOnly ? [] : await library.repair(entry);
  const result = await verifyOne(library, entry, request, options);
  return { ...result, notes: [...repairNotes(repaired), ...result.notes] };
}

/** A library that went with its disk has no entries either. */
const wasDeleted = async (library: Library, { udid, id }: HistoryEntry): Promise<boolean> =>
  (await library.isThere()) && !(await library.entries(udid)).some((entry) => entry.id === id);

const repairNotes = (names: readonly string[]): Finding[] =>
  names.length === 0 ? [] : [{ code: 'verify.repaired', severity: 'info', facts: { names: names.join(', ') } }];

/** With one password for many entries, those that it does not open are checked without it, and that is noted. */
async function verifyOne(library: Library, entry: HistoryEntry, request: VerifyRequest, options: TaskOptions) {
  const ref = { udid: entry.udid, id: entry.id };
  try {
    return { entry: ref, ...(await library.verify(entry, { level: request.level, password: request.password, ...options })) };
  } catch (error) {
    const isOther = request.entry === undefined && error instanceof EngineError && error.code === 'data.password';
    if (!isOther) throw error;
    const result = await library.verify(entry, { level: 'bytes', ...options });
    const note: Finding = { code: 'verify.password-wrong', severity: 'info', facts: {} };
    return { entry: ref, ...result, notes: [...result.notes, note] };
  }
}

export async function readHistory(library: Library): Promise<History> {
  const [own, foreign] = await Promise.all([library.history(), library.findForeign()]);
  return { ...own, foreign: foreign.entries, problems: [...own.problems, ...foreign.problems] };
}

export async function importFolder(library: Library, folder: string, job: JobContext): Promise<HistoryEntry> {
  job.progress.phase('receiving');
  const entry = await job.waitsFor('disk', () => library.importBackup(folder, followDisk(job)));
  job.progress.phase('finished');
  return entry;
}

export async function exportEntry(library: Library, entry: HistoryEntry, folder: string, job: JobContext): Promise<{ readonly path: string }> {
  job.progress.phase('sending');
  const result = await job.waitsFor('disk', () => library.exportBackup(entry, folder, followDisk(job, 0, entry.size)));
  job.progress.phase('finished');
  return result;
}

export async function emptyTrash(library: Library, job: JobContext): Promise<{ readonly bytesFreed: number }> {
  job.progress.phase('removing');
  const result = await library.emptyTrash(followDisk(job));
  job.progress.phase('finished');
  return result;
}

/** Whether `password` opens the newest encrypted backup of the device; `undefined` when there is none. */
export async function testPassword(library: Library, udid: string, password: string, signal?: AbortSignal): Promise<boolean | undefined> {
  const entry = (await library.entries(udid)).find((each) => each.isEncrypted);
  return entry && (await library.opensKeybag(entry, password, signal));
}
