import { window } from 'vscode';
import type { DeviceSummary } from '../../device/types.ts';
import { errorWords } from '../../diagnosis/error-words.ts';
import type { ErrorFacts } from '../../shared/errors.ts';
import type { FailedRun } from '../../shared/diagnosis-report.ts';
import type { JobNotice, JobPhase } from '../../shared/job-events.ts';
import { everything } from '../ids.ts';
import { failureTitle } from '../presenters/failure-words.ts';
import type { FailedKind } from '../presenters/failure-words.ts';
import type { FailureMessage } from '../presenters/failure-message.ts';
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
  const message = await messageOf(services, error, failed);
  if (message.isGoodNews) return void window.showInformationMessage(withoutLinks(message.text));
  const title = failureTitle(failed.kind, error, wording());
  if (error.kind === 'cancelled') return void window.showInformationMessage(title);
  // The figures of a disk that is too small stand in the words already.
  const notices = (failed.notices ?? []).filter(({ code }) => code !== 'purge-requested' || error.code !== 'host.no-space');
  const text = [title, message.text, ...remarks(notices, wording())].filter((part) => part !== '').join(' ');
  const showLog: Step = { title: t('Show Log'), run: async () => services.log.show() };
  const steps = [message.action && actionStep(message.action, failed), whyStep(services, error, failed), showLog].filter((each) => each !== undefined);
  const answer = await window.showErrorMessage(withoutLinks(text), ...steps.map((step) => step.title));
  await steps.find((step) => step.title === answer)?.run();
}

/** What goes on with a device is looked at; an action on the library says all in its own words. */
const diagnosable: ReadonlySet<FailedKind> = new Set(['backup', 'restore', 'pair', 'encryption', 'copy-media']);

async function messageOf(services: Services, error: ErrorFacts, failed: Failed): Promise<FailureMessage> {
  if (diagnosable.has(failed.kind)) return await diagnosedMessage(services, error, failed);
  const { sentence, cause, next, action } = errorWords(error, t, { job: failed.kind, locale: wording().locale });
  return { text: [sentence, cause, next].filter((part) => part !== '').join(' '), action, isGoodNews: false };
}

/** What is known of failures is loaded with the first of them. */
async function diagnosedMessage(services: Services, error: ErrorFacts, failed: Failed): Promise<FailureMessage> {
  const [{ lookAfter }, { failureMessage }] = await Promise.all([import('./look-after.ts'), import('../presenters/failure-message.ts')]);
  const ranked = await lookAfter(services, runOf(error, failed), failed.device?.udid);
  return failureMessage(error, { job: failed.kind, iosVersion: failed.device?.iosVersion }, ranked, wording());
}

function runOf(error: ErrorFacts, { kind, notices = [], started, phase }: Failed): FailedRun {
  return { job: kind, error, phase, notices: notices.map(({ code }) => code), started };
}

function whyStep(services: Services, error: ErrorFacts, failed: Failed): Step | undefined {
  if (!diagnosable.has(failed.kind)) return undefined;
  const run = async (): Promise<void> => {
    const report = await services.panels.report.show(failed.device?.udid ?? everything);
    await report.begin(runOf(error, failed), failed.retry);
  };
  return { title: t('Find the Cause'), run };
}
