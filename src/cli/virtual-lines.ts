import { createInterface, type Interface } from 'node:readline';
import type { CommandIo } from './command.ts';
import { SecretReader } from './secrets.ts';

/** Lines of standard input, shared by the password of a backup and the control channel. */
export class LineSource {
  readonly #io: CommandIo;
  #interface: Interface | undefined;
  #lines: AsyncIterator<string> | undefined;

  constructor(io: CommandIo) {
    this.#io = io;
  }

  /** The next line; `undefined` at the end of the input. */
  async next(): Promise<string | undefined> {
    this.#interface ??= createInterface({ input: this.#io.stdin, crlfDelay: Infinity });
    this.#lines ??= this.#interface[Symbol.asyncIterator]();
    const { value, done } = await this.#lines.next();
    return done ? undefined : value;
  }

  /** A password: asked for without echo on a terminal, else the next line. */
  async secret(question: string): Promise<string> {
    return this.#io.stdin.isTTY ? await new SecretReader(this.#io).read(question) : ((await this.next()) ?? '');
  }

  close(): void {
    this.#interface?.close();
  }
}
