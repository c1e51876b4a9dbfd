import type { Library } from '../library/index.ts';
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
    const { error: { code }, phase } = witness.failed(job, error);
    // One that never began leaves the note of the run that was in its way.
    await attempt(() => library.noteRun(before && wasInUse.has(code) ? before : { ...begun, end: { at: new Date(), code, phase } }));
    throw error;
  }
}

async function attempt(note: () => Promise<void>): Promise<void> {
  try {
    await note();
  } catch {
    // The run itself meets what is wrong with the disk, and tells.
  }
}
