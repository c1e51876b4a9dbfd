import type { NextBackup } from '../diagnosis/checks/ports.ts';
import { Library, type FileSystem } from '../library/index.ts';
import { HostError } from '../shared/errors.ts';
import type { Estimate, EstimateSourceId } from '../shared/estimate.ts';
import { estimate, type EstimateMeans } from './estimate-job.ts';
import type { EstimateLibrary } from './estimate-sources.ts';
import { JobContext } from './job-context.ts';
import { once } from './once.ts';

interface Where {
  readonly folder: string;
  readonly fs: FileSystem;
  readonly muxer: string | undefined;
  readonly udid: string | undefined;
  readonly signal: AbortSignal;
  readonly means: Exclude<EstimateMeans, 'all'>;
}

/** What is not known by then is left out, ms; the checks that ask have twice as long. */
const patience = { reading: 8_000, history: 2_500 } as const;

/** Sources without which a first backup is no more than a part of what it will be. */
const needed: readonly EstimateSourceId[] = ['apps', 'disk-usage', 'camera-roll'];

/** The estimate for the checks: as much of it as a few seconds tell, without a trace on the disk. A library that is not there is not made. */
export function nextBackup({ folder, fs, muxer, udid, signal, means }: Where): () => Promise<NextBackup | undefined> {
  return once(async () => {
    if (udid === undefined) return undefined;
    const last = await latest(signal, patience[means], async (job) => {
      const library = (await fs.stat(folder)) ? await Library.open(folder, fs) : noLibrary(folder);
      // Of a history that cannot be read nobody knows whether the next backup is the first.
      await library.entries(udid);
      return await estimate({ library, muxer }, { udid, experiment: false }, job, means);
    });
    return last && figuresOf(last);
  });
}

/** Before the first backup. */
function noLibrary(folder: string): EstimateLibrary {
  const fails = (): Promise<never> => Promise.reject(new HostError('host.missing', 'There is no library yet', { subject: folder }));
  return { folder, isReadOnly: true, entries: () => Promise.resolve([]), openBackup: fails, findAppleFolder: fails };
}

/** The last picture of an estimate that is stopped after `ms`. */
async function latest(signal: AbortSignal, ms: number, work: (job: JobContext) => Promise<Estimate>): Promise<Estimate | undefined> {
  let picture: Estimate | undefined;
  const stop = AbortSignal.any([signal, AbortSignal.timeout(ms)]);
  const job = new JobContext({ signal: stop, listener: (event) => event.type === 'estimate' && (picture = event.estimate) }, { staysAwake: false });
  const stopped = new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve(), { once: true }));
  // One that is stopped has told what it knew.
  const ended = work(job).then(() => job.end(), () => job.end());
  await Promise.race([ended, stopped]);
  return picture;
}

function figuresOf({ lastBackup, sources, total, transfer }: Estimate): NextBackup | undefined {
  const isKnown = lastBackup !== undefined || needed.every((id) => sources.some((source) => source.id === id && source.state === 'done'));
  return isKnown ? { total: total.likely, transfer: transfer?.likely } : undefined;
}
