import { jobFigures, jobShort, jobTitle } from './job-words.ts';
import type { JobState } from './job-state.ts';
import { waitingText } from './notice-words.ts';
import { plainText, withoutIcons } from './plain-text.ts';
import { dotted } from './row.ts';
import type { TooltipLine } from './row.ts';
import type { Wording } from './wording.ts';

export interface StatusText {
  readonly text: string;
  readonly tooltip: readonly TooltipLine[];
  readonly spoken: string;
  /** A person has to do something on the phone. */
  readonly needsPerson: boolean;
}

/** The one status-bar item for all running jobs; `undefined` hides it. */
export function statusText(jobs: readonly JobState[], w: Wording): StatusText | undefined {
  const first = jobs.find(needsPerson) ?? jobs[0];
  if (!first) return undefined;
  const waiting = needsPerson(first);
  const icon = waiting ? '$(device-mobile)' : '$(sync~spin)';
  const words = jobs.length === 1 || waiting ? single(first, w) : several(jobs, w);
  return {
    text: `${icon} ${withoutIcons(words)}`,
    tooltip: jobs.map((job) => ({ name: labelled(job, w), value: told(job, w) })),
    spoken: jobs.map((job) => `${labelled(job, w)}: ${told(job, w)}`).join('. '),
    needsPerson: waiting,
  };
}

/** How far it is, and who keeps it waiting. */
function told(job: JobState, w: Wording): string {
  return dotted(jobFigures(job, w), job.waitingFor && waitingText(job.waitingFor, w));
}

function single(job: JobState, w: Wording): string {
  return `${named(job, 24, w)}: ${jobFigures(job, w)}`;
}

function several(jobs: readonly JobState[], w: Wording): string {
  return dotted(...jobs.map((job) => `${named(job, 16, w)}: ${jobShort(job, w)}`));
}

function named(job: JobState, max: number, w: Wording): string {
  const title = plainText(job.subject, max);
  return job.isVirtual ? w.t('{title} (virtual)', { title }) : title;
}

function labelled(job: JobState, w: Wording): string {
  const title = jobTitle(job.kind, job.subject, w);
  return job.isVirtual ? w.t('{title} (virtual)', { title }) : title;
}

function needsPerson(job: JobState): boolean {
  const phase = job.progress?.phase;
  return phase === 'waiting-for-passcode' || phase === 'waiting-for-trust';
}
