import { window } from 'vscode';
import { cancelJob } from '../flows/cancel-job.ts';
import { jobFigures, jobTitle } from '../presenters/job-words.ts';
import { nodeArgument } from '../presenters/nodes.ts';
import { withoutIcons } from '../presenters/plain-text.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';

/** Stops the job of the device, the only one that runs, or the one picked. */
export async function cancel(services: Services, argument?: unknown): Promise<void> {
  const node = nodeArgument(argument, 'device', 'fact');
  const jobs = node ? services.jobs.jobs.filter(({ udid }) => udid === node.device.udid) : services.jobs.jobs;
  if (jobs.length === 0) {
    void window.showInformationMessage(t('Nothing is running.'));
    return;
  }
  const w = wording();
  const items = jobs.map((job) => ({ label: withoutIcons(jobTitle(job.kind, job.subject, w)), description: jobFigures(job, w), job }));
  const picked = items.length === 1 ? items[0] : await window.showQuickPick(items, { title: t('Cancel Running Job') });
  if (picked) await cancelJob(services, picked.job);
}
