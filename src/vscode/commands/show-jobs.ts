import { window } from 'vscode';
import type { QuickPick } from 'vscode';
import { Disposables } from '../disposables.ts';
import { cancelJob } from '../flows/cancel-job.ts';
import { jobItems } from '../pick/job-items.ts';
import type { JobItem } from '../pick/job-items.ts';
import type { Services } from '../services.ts';
import { t } from '../wording.ts';

/** A list of the running jobs that keeps itself up to date; a job can be cancelled from it. */
export async function showJobs(services: Services): Promise<void> {
  if (services.jobs.jobs.length === 0) {
    void window.showInformationMessage(t('Nothing is running.'));
    return;
  }
  const owned = new Disposables();
  const pick = owned.own(window.createQuickPick<JobItem>());
  pick.title = t('Running Jobs');
  pick.keepScrollPosition = true;
  draw(pick, services);
  owned.own(services.jobs.onDidChange(() => draw(pick, services)));
  owned.own(pick.onDidHide(() => owned.dispose()));
  owned.own(
    pick.onDidAccept(() => {
      const job = pick.selectedItems[0]?.cancels;
      if (!job) return;
      pick.hide();
      void cancelJob(services, job);
    }),
  );
  pick.show();
}

function draw(pick: QuickPick<JobItem>, { jobs }: Services): void {
  if (jobs.jobs.length === 0) {
    pick.hide();
    return;
  }
  const active = pick.activeItems[0]?.key;
  pick.items = jobs.jobs.flatMap(jobItems);
  pick.activeItems = pick.items.filter(({ key }) => key === active);
}
