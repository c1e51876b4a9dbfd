import type { Estimate } from '../shared/estimate.ts';
import type { EstimateRequest } from './api.ts';
import type { JobContext } from './job-context.ts';
import type { RestoreDeps } from './restore-job.ts';

export function estimate(deps: RestoreDeps, request: EstimateRequest, job: JobContext): Promise<Estimate> {
  throw new Error(`Not built yet: ${[deps, request, job].length}`);
}
