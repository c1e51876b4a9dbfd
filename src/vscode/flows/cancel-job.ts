import { confirmDanger } from '../confirm.ts';
import type { JobState } from '../presenters/job-state.ts';
import { plainText } from '../presenters/plain-text.ts';
import type { Services } from '../services.ts';
import { t } from '../wording.ts';

/** Stops a job. A restore is stopped only after a question: it leaves the device half done. */
export async function cancelJob(services: Services, job: JobState): Promise<void> {
  if (job.kind === 'restore') {
    const name = plainText(job.subject, 60);
    const confirmed = await confirmDanger({
      question: t('Stop restoring to {name}?', { name }),
      detail: t('The device would be left with a part of its data. It can be restored again afterwards.'),
      stay: t('Go On Restoring'),
      action: t('Stop'),
    });
    if (!confirmed) return;
  }
  services.jobs.cancel(job.id);
}
