import { setTimeout as delay } from 'node:timers/promises';
import { ProgressLocation, window } from 'vscode';
import { CancelledError } from '../../shared/errors.ts';

/** What is done sooner is not worth a notification, in ms. */
const unseen = 700;

/**
 * Does work before a question that a person can give up by a notification with a Cancel button, which comes once it takes
 * long. Rejects with a `CancelledError` then, whether or not the work has ended.
 */
export async function cancellable<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const cancelled = new Promise<never>((_, reject) => stop.signal.addEventListener('abort', () => reject(stop.signal.reason as Error)));
  const result = Promise.race([work(stop.signal), cancelled]);
  const isLong = await Promise.race([result.then(() => false, () => false), delay(unseen, true)]);
  if (!isLong) return result;
  const progress = { location: ProgressLocation.Notification, title, cancellable: true };
  return window.withProgress(progress, (_, token) => {
    token.onCancellationRequested(() => stop.abort(new CancelledError('cancelled.host', 'Cancelled before the question')));
    return result;
  });
}
