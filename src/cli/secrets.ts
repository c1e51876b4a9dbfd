import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { CancelledError } from '../shared/errors.ts';
import { UsageError, type CommandIo } from './command.ts';
import { askLine } from './question.ts';

const maxPassword = 1024;

/**
 * Passwords of one command: asked for without echo on a terminal, else read from standard input, one a line, in the order
 * in which they are asked for. Never taken from arguments or the environment.
 */
export class SecretReader {
  readonly #io: CommandIo;
  #lines: AsyncIterator<string> | undefined;

  constructor(io: CommandIo) {
    this.#io = io;
  }

  async read(question: string): Promise<string> {
    const secret = this.#io.stdin.isTTY ? await this.#prompt(`${question}: `) : await this.#nextLine();
    if (secret === undefined || secret === '') throw new UsageError(`${question} is needed on a terminal or as a line of standard input`);
    if (Buffer.byteLength(secret) > maxPassword) throw new UsageError(`${question} is longer than ${maxPassword} bytes`);
    return secret;
  }

  /** A new password: twice on a terminal, so that a slip of the finger does not lock a person out. */
  async readNew(question: string): Promise<string> {
    const first = await this.read(question);
    if (!this.#io.stdin.isTTY) return first;
    if ((await this.read(`${question} once more`)) !== first) throw new UsageError('The two passwords differ');
    return first;
  }

  async #nextLine(): Promise<string | undefined> {
    const { stdin, signal } = this.#io;
    // It ends the lines as the end of the input does.
    this.#lines ??= createInterface({ input: stdin, crlfDelay: Infinity, signal })[Symbol.asyncIterator]();
    const { value, done } = await this.#lines.next();
    if (signal.aborted) throw new CancelledError('cancelled.host', 'Cancelled while waiting for a password');
    return done ? undefined : value;
  }

  async #prompt(question: string): Promise<string> {
    this.#io.stderr.write(question);
    const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
    try {
      return await askLine(this.#io, silent, '');
    } finally {
      this.#io.stderr.write('\n');
    }
  }
}
