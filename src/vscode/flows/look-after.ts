import { quietChecks } from '../../diagnosis/device-status.ts';
import { diagnoseFailure } from '../../diagnosis/ranking.ts';
import type { JobListener } from '../../shared/job-events.ts';
import type { Diagnosed, FailedRun } from '../../shared/diagnosis-report.ts';
import type { Services } from '../services.ts';
import { engineNear } from './engine-near.ts';

/** Nobody waits longer than this for a better explanation, in ms. */
const patience = 5_000;

/** Jobs after whose failure a look around tells more than the error does. */
const telling: ReadonlySet<string> = new Set(['backup', 'restore', 'copy-media']);

/** Why a run ended, the likeliest cause first: by its error, and by what can be seen now. Never rejects. */
export async function lookAfter(services: Services, failed: FailedRun, udid: string | undefined): Promise<readonly Diagnosed[]> {
  let ranked: readonly Diagnosed[] = diagnoseFailure(failed);
  if (!telling.has(failed.job)) return ranked;
  // Of a cancelled run nobody asks why; but it may have been done all the same.
  const checks = failed.error.kind === 'cancelled' ? ['last-run'] : quietChecks;
  const listener: JobListener = (event) => {
    if (event.type === 'diagnosis') ({ ranked } = event.report);
  };
  try {
    const engine = await engineNear(services, udid);
    ({ ranked } = await engine.diagnose({ udid, checks, failed }, { signal: AbortSignal.timeout(patience), listener }));
  } catch (error) {
    services.log.error('look after a failed run', error);
  }
  // The history keeps what was found out.
  void services.history.refresh();
  return ranked;
}
