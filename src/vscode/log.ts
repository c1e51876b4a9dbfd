import type { LogOutputChannel } from 'vscode';
import { errorFacts } from '../shared/errors.ts';
import type { JobEvent, JobNotice } from '../shared/job-events.ts';
import type { Redactor } from './presenters/redaction.ts';

/** The output channel behind the redaction: nothing reaches it that names a person, a device or a home folder. */
export class Log {
  readonly #channel: LogOutputChannel;
  readonly #redactor: Redactor;

  constructor(channel: LogOutputChannel, redactor: Redactor) {
    this.#channel = channel;
    this.#redactor = redactor;
  }

  /** From now on `name` appears as `label` in the log. */
  hide(name: string | undefined, label: string): void {
    this.#redactor.hide(name, label);
  }

  info(text: string): void {
    this.#channel.info(this.#redactor.redact(text));
  }

  debug(text: string): void {
    this.#channel.debug(this.#redactor.redact(text));
  }

  warn(text: string): void {
    this.#channel.warn(this.#redactor.redact(text));
  }

  error(what: string, error: unknown): void {
    const facts = errorFacts(error);
    // What somebody chose says much of them.
    const subject = facts.code.startsWith('data.selection') ? undefined : facts.subject;
    const evidence = [facts.message, subject, facts.deviceText].filter((part) => part !== undefined).join(' | ');
    this.#channel.error(this.#redactor.redact(`${what}: ${facts.code}: ${evidence}`));
    if (facts.kind === 'crash' && error instanceof Error && error.stack) this.#channel.error(this.#redactor.redact(error.stack));
  }

  event(job: string, event: JobEvent): void {
    if (event.type === 'log') this[event.level](`${job}: ${event.text}`);
    else if (event.type === 'notice') this.info(`${job}: ${noticeText(event.notice)}`);
  }

  show(): void {
    this.#channel.show(true);
  }
}

/** A notice with its figures, without what somebody chose. */
function noticeText(notice: JobNotice): string {
  return 'terms' in notice ? `${notice.code}, ${notice.terms.length} terms` : JSON.stringify(notice);
}
