import type { CommandIo } from './command.ts';
import { exitCode } from './exit-codes.ts';

const signals = ['SIGINT', 'SIGTERM'] as const;

/**
 * Runs `work`. The first Ctrl-C (or SIGTERM) aborts its signal and, unless `isQuiet`, says so; another one ends the process at once, as
 * cancelled: what the work then leaves is what it leaves when it is killed.
 */
export async function untilStopped<T>({ stderr }: Pick<CommandIo, 'stderr'>, isQuiet: boolean, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = (): void => {
    // A terminal has the progress bar and ^C on its line.
    const lineEnd = stderr.isTTY ? '\n' : '';
    if (controller.signal.aborted) {
      stderr.write(`${lineEnd}Stopped at once.\n`);
      process.exit(exitCode.cancelled);
    }
    if (!isQuiet) stderr.write(`${lineEnd}Cancelling; press Ctrl-C again to stop at once.\n`);
    controller.abort();
  };
  for (const signal of signals) process.on(signal, stop);
  try {
    return await work(controller.signal);
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}
