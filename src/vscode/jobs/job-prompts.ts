import { ProgressLocation, window } from 'vscode';
import type { Disposable, Progress } from 'vscode';
import { Disposables } from '../disposables.ts';
import { durationText } from '../presenters/figures.ts';
import type { JobState, WaitingFor } from '../presenters/job-state.ts';
import { plainText, withoutLinks } from '../presenters/plain-text.ts';
import { waitingText } from '../presenters/notice-words.ts';
import { passcodePatience } from '../../shared/passcode.ts';
import { t, wording } from '../wording.ts';
import type { JobController, JobEventOf } from './job-controller.ts';

type Prompt = 'passcode' | 'trust' | 'waiting';

/** Notifications for what only a person can do on the device; each goes away by itself when that is done. */
export class JobPrompts implements Disposable {
  readonly #jobs: JobController;
  readonly #owned = new Disposables();
  readonly #open = new Map<string, () => void>();
  readonly #warned = new Set<string>();

  constructor(jobs: JobController) {
    this.#jobs = jobs;
    this.#owned.own(jobs.onEvent((event) => this.#hear(event)));
    this.#owned.own(jobs.onDidEnd((job) => this.#closeAll(job.id)));
  }

  dispose(): void {
    this.#owned.dispose();
    for (const close of this.#open.values()) close();
  }

  #hear({ job, event }: JobEventOf): void {
    if (event.type === 'progress') {
      if (event.progress.phase !== 'waiting-for-passcode') this.#close(job.id, 'passcode');
      if (event.progress.phase !== 'waiting-for-trust') this.#close(job.id, 'trust');
      if (event.progress.phase === 'waiting-for-passcode') this.#show(job, 'passcode');
      if (event.progress.phase === 'waiting-for-trust') this.#show(job, 'trust');
      if (!job.waitingFor) this.#close(job.id, 'waiting');
    } else if (event.type === 'notice' && event.notice.code === 'waiting-long') {
      this.#tellWaiting(job, event.notice.for);
    }
  }

  /** Waiting ends by itself and its notification with it; of what is slow one warning is enough. */
  #tellWaiting(job: JobState, party: WaitingFor): void {
    const isAsked = this.#open.has(`${job.id}:passcode`) || this.#open.has(`${job.id}:trust`);
    if (party === 'person' && isAsked) return;
    if (party === 'person' || party === 'phone' || party === 'program') return this.#show(job, 'waiting');
    const key = `${job.id}:${party}`;
    if (this.#warned.has(key)) return;
    this.#warned.add(key);
    void window.showWarningMessage(waitingTitle(job, party));
  }

  #show(job: JobState, prompt: Prompt): void {
    const key = `${job.id}:${prompt}`;
    if (this.#open.has(key)) return;
    const closed = new Promise<void>((resolve) => this.#open.set(key, resolve));
    const title = promptTitle(job, prompt);
    void window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, async (progress, token) => {
      const cancelled = token.onCancellationRequested(() => this.#jobs.cancel(job.id));
      const timer = prompt === 'passcode' ? countDown(progress) : undefined;
      await closed;
      clearInterval(timer);
      cancelled.dispose();
    });
  }

  #close(id: number, prompt: Prompt): void {
    const key = `${id}:${prompt}`;
    this.#open.get(key)?.();
    this.#open.delete(key);
  }

  #closeAll(id: number): void {
    this.#close(id, 'passcode');
    this.#close(id, 'trust');
    this.#close(id, 'waiting');
  }
}

function waitingTitle({ subject }: JobState, party: WaitingFor): string {
  return withoutLinks(`${plainText(subject, 60)}: ${waitingText(party, wording())}`);
}

function promptTitle(job: JobState, prompt: Prompt): string {
  if (prompt === 'waiting') return waitingTitle(job, job.waitingFor ?? 'phone');
  const name = withoutLinks(plainText(job.subject, 60));
  if (prompt === 'trust') return t('Unlock {name}, tap Trust on its screen and enter its passcode.', { name });
  return t('Enter the passcode on {name}', { name });
}

function countDown(progress: Progress<{ message?: string }>): NodeJS.Timeout {
  const end = Date.now() + passcodePatience * 1000;
  const tell = (): void => {
    const left = Math.max(0, (end - Date.now()) / 1000);
    progress.report({ message: t('it waits for about {time}', { time: durationText(left, wording()) }) });
  };
  tell();
  return setInterval(tell, 1000);
}
