import type { Library } from '../library/index.ts';
import { errorFacts } from '../shared/errors.ts';
import type { JobPhase } from '../shared/job-events.ts';
import type { JobRun } from './api.ts';

interface Noted {
  readonly library: Library;
  readonly udid: string;
  readonly job: string;
}

const codesOfRefusal: ReadonlySet<string> = new Set(['host.locked', 'host.busy']);

/**
 * Leaves a note in the library while `work` runs: it goes when all went well, tells how the run failed, and stays as it is
 * when the process is killed. The note is for the history and the next diagnosis; a disk that refuses it hinders nothing.
 */
export async function withRunNote<T>({ library, udid, job }: Noted, run: JobRun, work: (run: JobRun) => Promise<T>): Promise<T> {
  const begun = { udid, job, started: new Date() };
  let phase: JobPhase | undefined;
  const listener: JobRun['listener'] = (event) => {
    if (event.type === 'progress') phase = event.progress.phase;
    run.listener(event);
  };
  const before = await library.lastRun(udid).catch(() => undefined);
  await attempt(() => library.noteRun({ ...begun, end: undefined }));
  try {
    const value = await work({ ...run, listener });
    await attempt(() => library.forgetRun(udid));
    return value;
  } catch (error) {
    const { code } = errorFacts(error);
    const end = { at: new Date(), code, phase };
    // One that never began leaves the note of the run that was in its way.
    await attempt(() => (before && codesOfRefusal.has(code) ? library.noteRun(before) : library.noteRun({ ...begun, end })));
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
