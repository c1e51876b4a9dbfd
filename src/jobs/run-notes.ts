import type { Library } from '../library/index.ts';
import type { RunRecord } from '../library/types.ts';
import type { Diagnosed, FailedRun } from '../shared/diagnosis-report.ts';
import { plainCode } from '../shared/impersonal.ts';
import type { JobRun } from './api.ts';
import { RunWitness } from './run-witness.ts';

interface Noted {
  readonly library: Library;
  readonly udid: string;
  readonly job: string;
}

/** Errors of a run that found another one at work. */
const wasInUse: ReadonlySet<string> = new Set(['host.locked', 'host.busy']);

/**
 * Leaves a note in the library while `work` runs: it goes when all went well, tells how the run failed, and stays as it is
 * when the process is killed. The note is for the history and the next diagnosis; a disk that refuses it hinders nothing.
 */
export async function withRunNote<T>({ library, udid, job }: Noted, run: JobRun, work: (run: JobRun) => Promise<T>): Promise<T> {
  const begun = { udid, job, started: new Date() };
  const witness = new RunWitness();
  const before = await library.lastRun(udid).catch(() => undefined);
  await attempt(() => library.noteRun({ ...begun, end: undefined }));
  try {
    const value = await work(witness.beside(run));
    await attempt(() => library.forgetRun(udid));
    return value;
  } catch (error) {
    const { error: { code, subject, facts }, phase, notices } = witness.failed(job, error);
    const end = { at: new Date(), code, phase, subject, facts, notices };
    // One that never began leaves the note of the run that was in its way, unless that has ended and said so itself.
    await attempt(() => (before && wasInUse.has(code) ? giveBack(library, before, begun.started) : library.noteRun({ ...begun, end })));
    throw error;
  }
}

async function giveBack(library: Library, note: RunRecord, ours: Date): Promise<void> {
  const present = await library.lastRun(note.udid);
  if (present?.started.getTime() === ours.getTime()) await library.noteRun(note);
}

/** Findings of a failed run that its note keeps. */
const mostKept = 6;

/**
 * Adds to the note of a failed run what a look around has named: what was seen then is gone later. The first answer stays.
 * A disk that refuses it hinders nothing.
 */
export async function noteDiagnosis(library: Library, udid: string, { job, error }: FailedRun, ranked: readonly Diagnosed[]): Promise<void> {
  await attempt(async () => {
    const run = await library.lastRun(udid);
    if (run?.end?.code !== plainCode(error.code) || run.job !== job || run.end.diagnosis || ranked.length === 0) return;
    const telling = ranked.filter(({ severity }, index) => index === 0 || severity !== 'info').slice(0, mostKept);
    await library.noteRun({ ...run, end: { ...run.end, diagnosis: telling } });
  });
}

async function attempt(note: () => Promise<void>): Promise<void> {
  try {
    await note();
  } catch {
    // The run itself meets what is wrong with the disk, and tells.
  }
}
