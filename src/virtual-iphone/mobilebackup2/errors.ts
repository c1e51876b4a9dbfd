import { linkStatus, mbError } from '../../format/mb-errors.ts';

/** The verdict of the backup agent: ends the conversation with a `Response` of this code and text. */
export class AgentError extends Error {
  override readonly name = 'AgentError';
  readonly code: number;

  /** `text` is the sentence without the domain; `underlying` is added as "Underlying error: ...". */
  constructor(code: number, text: string, underlying?: string) {
    super(`${text} (MBErrorDomain/${code})${underlying === undefined ? '' : `. Underlying error: ${underlying}`}`);
    this.code = code;
  }
}

/** Nothing more can be said on this link: one side left, a fault of a mood cut it, or the phone was switched off. */
export class LinkEnded extends Error {
  override readonly name = 'LinkEnded';
  readonly how: 'lost' | 'host-left' | 'phone-left' | 'cut' | 'reset';

  constructor(how: LinkEnded['how'], cause?: unknown) {
    super(`DeviceLink ended: ${how}`, cause === undefined ? undefined : { cause });
    this.how = how;
  }
}

const statusToAgent: ReadonlyMap<number, number> = new Map([
  [linkStatus.generic, mbError.generic],
  [linkStatus.notFound, mbError.notFound],
  [linkStatus.exists, mbError.exists],
  [linkStatus.notDirectory, 5],
  [linkStatus.isDirectory, 6],
  [linkStatus.linkLoop, 7],
  [linkStatus.io, mbError.io],
  [linkStatus.multi, mbError.multiple],
  [linkStatus.noSpace, mbError.hostSpace],
]);

/** MBErrorDomain code for a host's DeviceLink status; codes that the agent does not know become 100. */
export const agentCode = (status: number): number => statusToAgent.get(status) ?? mbError.io;
