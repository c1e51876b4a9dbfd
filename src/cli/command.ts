import type { Readable, Writable } from 'node:stream';

/** The terminal as a command sees it. */
export interface CommandIo {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  /** Name of the command. */
  readonly command?: string | undefined;
}

/** One word of `iphone-backup`. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** The whole text of `iphone-backup NAME --help`. */
  readonly help: string;
  /** Happens before `run` where the process is the command's own: settings that hold for all of it. */
  readonly prepareProcess?: () => void;
  /** Ctrl-C is its usual end, and nothing is cancelled by it. */
  readonly runsUntilStopped?: boolean;
  /** Answers the exit code. Rejects with `UsageError` or an `EngineError`. */
  run(args: readonly string[], io: CommandIo): Promise<number>;
}

/** The command line was not understood; the message is one sentence for the person. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
