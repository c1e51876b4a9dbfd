import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import { CancelledError } from '../shared/errors.ts';
import type { CommandIo } from './command.ts';

/**
 * The line that a person types after `question`, echoed to `output`. Throws `CancelledError` at Ctrl-C, at the end of the
 * input (Ctrl-D) and when the command is stopped.
 */
export async function askLine({ stdin, signal }: Pick<CommandIo, 'stdin' | 'signal'>, output: Writable, question: string): Promise<string> {
  const lines = createInterface({ input: stdin, output, terminal: true });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const stop = (): void => reject(new CancelledError('cancelled.host', 'Cancelled at a question'));
  signal.addEventListener('abort', stop, { once: true });
  lines.once('SIGINT', stop);
  lines.once('close', stop);
  if (signal.aborted) stop();
  else lines.question(question, resolve);
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', stop);
    lines.close();
  }
}
