import { window } from 'vscode';
import type { DeviceSummary } from '../../device/types.ts';
import { errorWords } from '../../diagnosis/error-words.ts';
import type { ErrorFacts } from '../../shared/errors.ts';
import type { FailedRun } from '../../shared/diagnosis-report.ts';
import type { JobNotice, JobPhase } from '../../shared/job-events.ts';
import { everything } from '../ids.ts';
import { failureTitle } from '../presenters/failure-words.ts';
import type { FailedKind } from '../presenters/failure-words.ts';
import { remarks } from '../presenters/notice-words.ts';
import { withoutLinks } from '../presenters/plain-text.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';
import { actionStep, type Step } from './action-step.ts';

export interface Failed {
  readonly kind: FailedKind;
  readonly device?: DeviceSummary | undefined;
  /** What the job had remarked before it failed. */
  readonly notices?: readonly JobNotice[];
  /** When it began and what it was doing last; known for jobs. */
  readonly started?: Date | undefined;
  readonly phase?: JobPhase | undefined;
  readonly retry?: () => Promise<void>;
}

/** Tells what failed, why, and what to do; the one best next step is a button where software can do it. */
export async function reportFailure(services: Services, error: ErrorFacts, failed: Failed): Promise<void> {
  const showLog: Step = { title: t('Show Log'), run: async () => services.log.show() };
  if (error.kind === 'cancelled') {
    void window.showInformationMessage(failureTitle(failed.kind, error, wording()));
    return;
  }
  const words = errorWords(error, t, { job: failed.kind, locale: wording().locale });
  // The figures of a disk that is too small stand in the words already.
  const notices = (failed.notices ?? []).filter(({ code }) => code !== 'purge-requested' || error.code !== 'host.no-space');
  const told = remarks(notices, wording());
  const message = [failureTitle(failed.kind, error, wording()), words.sentence, words.cause, words.next, ...told].filter((part) => part !== '').join(' ');
  const step = words.action && actionStep(words.action, failed);
  const steps = [step, whyStep(services, error, failed), showLog].filter((each) => each !== undefined);
  const answer = await window.showErrorMessage(withoutLinks(message), ...steps.map(({ title }) => title));
  await steps.find(({ title }) => title === answer)?.run();
}

/** What goes on with a device can be looked at; an action on the library says all in its own words. */
const diagnosable: ReadonlySet<FailedKind> = new Set(['backup', 'restore', 'pair', 'encryption', 'copy-media']);

function whyStep(services: Services, error: ErrorFacts, { kind, device, notices = [], started, phase }: Failed): Step | undefined {
  if (!diagnosable.has(kind)) return undefined;
  const run: FailedRun = { job: kind, error, phase, notices: notices.map(({ code }) => code), started };
  return { title: t('Find the Cause'), run: async () => services.panels.report.show(device?.udid ?? everything).begin(run) };
}
