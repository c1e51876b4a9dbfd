import { pairDevice } from '../device/index.ts';
import type { PairRequest } from './api.ts';
import type { JobContext } from './job-context.ts';

/** Pairs with a phone, waiting for the tap on Trust as long as the request is patient. */
export async function pair(muxer: string | undefined, request: PairRequest, job: JobContext): Promise<void> {
  job.progress.phase('connecting');
  await pairDevice(request.udid, {
    muxer,
    patience: request.patience,
    signal: job.signal,
    onState: (state) => {
      if (state !== 'waiting-for-tap' && state !== 'locked') return;
      job.progress.phase('waiting-for-trust');
      job.notice({ code: 'trust-prompt' });
    },
  });
  job.progress.phase('finished');
}
