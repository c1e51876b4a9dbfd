import { QuickPickItemKind, ThemeIcon } from 'vscode';
import type { QuickPickItem } from 'vscode';
import { agoText } from '../presenters/dates.ts';
import { countText, sizeText } from '../presenters/figures.ts';
import type { JobState } from '../presenters/job-state.ts';
import { jobFigures, jobTitle } from '../presenters/job-words.ts';
import { noticeDetail } from '../presenters/notice-words.ts';
import { plainText, withoutIcons } from '../presenters/plain-text.ts';
import { dotted } from '../presenters/row.ts';
import { t, wording } from '../wording.ts';

export interface JobItem extends QuickPickItem {
  readonly key: string;
  /** The job that choosing this item stops. */
  readonly cancels?: JobState;
}

/** Newest remarks shown of one job. */
const shownNotices = 5;

/** The rows of one job: how far it is, what it had to remark, and the way to stop it. */
export function jobItems(job: JobState): JobItem[] {
  const w = wording();
  const { progress } = job;
  const passed = progress && t('{size} in {files} files so far', { size: sizeText(progress.bytes, w), files: countText(progress.files, w) });
  const domain = progress?.domain;
  const remarks = job.notices.map((notice) => noticeDetail(notice, w)).filter((text) => text !== undefined);
  return [
    { key: `${job.id}:head`, label: plainText(jobTitle(job.kind, job.subject, w), 80), kind: QuickPickItemKind.Separator },
    {
      key: `${job.id}:figures`,
      label: jobFigures(job, w),
      detail: withoutIcons(dotted(passed, domain !== undefined && plainText(domain, 60), t('begun {ago}', { ago: agoText(job.started, w) }))),
      iconPath: new ThemeIcon('sync~spin'),
    },
    ...remarks.slice(-shownNotices).map((text, index) => ({ key: `${job.id}:${index}`, label: withoutIcons(text), iconPath: new ThemeIcon('info') })),
    { key: `${job.id}:cancel`, label: job.isCancelling ? t('Stopping') : t('Cancel'), iconPath: new ThemeIcon('debug-stop'), cancels: job },
  ];
}
