import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { projectFolder } from '../../vscode/host/installed-editor.ts';

type Child = ChildProcessByStdio<Writable, Readable, null>;

const answerLimit = 60_000;

/** A virtual iPhone in a process of its own, as `iphone-backup virtual --control` runs it. */
export class VirtualIphone {
  /** For `USBMUXD_SOCKET_ADDRESS`. */
  readonly address: string;
  readonly #child: Child;
  readonly #lines: Interface;

  constructor(child: Child, lines: Interface, address: string) {
    this.#child = child;
    this.#lines = lines;
    this.address = address;
  }

  /** `options` as on the command line, e.g. `['--content', 'tiny', '--mood', 'trust=ask']`. */
  static async start(options: readonly string[] = []): Promise<VirtualIphone> {
    const program = join(projectFolder, 'dist', 'cli.js');
    const child = spawn(process.execPath, [program, 'virtual', '--control', ...options], { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.on('error', () => undefined);
    const lines = createInterface({ input: child.stdout });
    const address = await lineThat(lines, (line) => /^USBMUXD_SOCKET_ADDRESS=(\S+)/.exec(line)?.[1]);
    return new VirtualIphone(child, lines, address);
  }

  /** Gives one command of `virtual --help`, e.g. `lock` or `mood passcode=ignored`; resolves with what is told after `ok`. */
  async tell(command: string): Promise<string> {
    const answer = lineThat(this.#lines, (line) => (/^(ok|error)\b/.test(line) ? line : undefined));
    this.#child.stdin.write(`${command}\n`);
    const text = await answer;
    if (text.startsWith('error')) throw new Error(`The virtual iPhone did not do "${command}": ${text}`);
    return text.slice('ok'.length).trim();
  }

  async stop(): Promise<void> {
    this.#child.stdin.end();
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.kill('SIGTERM');
      await once(this.#child, 'exit');
    }
    this.#lines.close();
  }
}

/** Resolves with what `find` makes of the first line it takes. */
async function lineThat(lines: Interface, find: (line: string) => string | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      lines.off('line', onLine);
      lines.off('close', onClose);
      finish();
    };
    const onLine = (line: string): void => {
      const found = find(line);
      if (found !== undefined) settle(() => resolve(found));
    };
    const onClose = (): void => settle(() => reject(new Error('The virtual iPhone has ended.')));
    const timer = setTimeout(() => settle(() => reject(new Error(`The virtual iPhone said nothing for ${answerLimit / 1000} s.`))), answerLimit);
    lines.on('line', onLine);
    lines.on('close', onClose);
  });
}
