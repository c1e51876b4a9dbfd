import { commands, window } from 'vscode';
import type { DeviceSummary } from '../../device/types.ts';
import { errorWords } from '../../diagnosis/error-words.ts';
import type { ErrorAction } from '../../diagnosis/error-words.ts';
import type { ErrorFacts } from '../../shared/errors.ts';
import type { JobNotice } from '../../shared/job-events.ts';
import { command } from '../ids.ts';
import { failureTitle } from '../presenters/failure-words.ts';
import type { FailedKind } from '../presenters/failure-words.ts';
import { remarks } from '../presenters/notice-words.ts';
import { withoutLinks } from '../presenters/plain-text.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';

export interface Failed {
  readonly kind: FailedKind;
  readonly device?: DeviceSummary | undefined;
  /** What the job had remarked before it failed. */
  readonly notices?: readonly JobNotice[];
  readonly retry?: () => Promise<void>;
}

interface Step {
  readonly title: string;
  run(): Promise<unknown>;
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
  const steps = step ? [step, showLog] : [showLog];
  const answer = await window.showErrorMessage(withoutLinks(message), ...steps.map(({ title }) => title));
  await steps.find(({ title }) => title === answer)?.run();
}

function actionStep(action: ErrorAction, { device, retry }: Failed): Step | undefined {
  const node = device && { kind: 'device', device };
  const open = (title: string, id: string): Step => ({ title, run: async () => commands.executeCommand(id, node) });
  switch (action) {
    case 'retry':
      return retry && { title: t('Try Again'), run: retry };
    case 'pair':
      return open(t('Pair (Trust)'), command.pair);
    case 'choose-folder':
      return open(t('Choose Backup Folder'), command.chooseFolder);
    case 'full-backup':
      return open(t('Full Backup'), command.backUpNowFull);
    case 'verify':
      return { title: t('Verify Backup'), run: async () => commands.executeCommand(command.verifyBackup) };
    case 'show-jobs':
      return { title: t('Show Running Jobs'), run: async () => commands.executeCommand(command.showJobs) };
  }
}
