import { CancelledError } from './errors.ts';

/** Throws `CancelledError` once `signal` is aborted; the abort reason passes through when it is an error of the engine. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw signal.reason instanceof CancelledError ? signal.reason : new CancelledError('cancelled.host', 'Cancelled on this computer');
}

/**
 * Resolves or rejects as `work` does, but not later than `ms` milliseconds or the abort of `signal`.
 *
 * `onTimeout` makes the error of a passed deadline. The work itself is not stopped: its owner destroys what it waits for.
 */
export async function withDeadline<T>(work: Promise<T>, ms: number, onTimeout: () => Error, signal?: AbortSignal): Promise<T> {
  throwIfCancelled(signal);
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(onTimeout()), ms);
    onAbort = () => {
      try {
        throwIfCancelled(signal);
      } catch (error) {
        reject(error);
      }
    };
    signal?.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
    if (onAbort) signal?.removeEventListener('abort', onAbort);
  }
}
