import type { MediaRequest, MediaResult } from './api.ts';
import type { JobContext } from './job-context.ts';
import type { RestoreDeps } from './restore-job.ts';

export function copyMedia(deps: RestoreDeps, request: MediaRequest, job: JobContext): Promise<MediaResult> {
  throw new Error(`Not built yet: ${[deps, request, job].length}`);
}
