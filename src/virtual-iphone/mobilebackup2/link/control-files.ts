import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { linkStatus, mbError } from '../../../format/mb-errors.ts';
import { asDict, asInteger } from '../../../plist/index.ts';
import { agentCode, AgentError } from '../errors.ts';
import type { StatusReply } from './device-link.ts';
import type { HostFolder } from './host-folder.ts';

/** A control file larger than this is none. */
const maxControlFile = 64 << 20;

/** How a download of one file ended: its size, or the host's status code for it. */
export type Fetched<T> = { readonly value: T; readonly code: 0 } | Failed;

export interface Failed {
  readonly value: undefined;
  readonly code: number;
  readonly text: string;
}

/** Fetches a small file into memory. */
export async function fetchControl(host: HostFolder, path: string): Promise<Fetched<Buffer>> {
  const chunks: Buffer[] = [];
  let length = 0;
  return fetchFile(host, path, {
    data: (bytes) => {
      length += bytes.length;
      if (length > maxControlFile) throw new AgentError(mbError.damaged, `Control file too large at path "${path}"`);
      chunks.push(bytes);
    },
    result: () => Promise.resolve(Buffer.concat(chunks)),
  });
}

/** Fetches a file into a scratch file, passing each chunk through `open`. */
export async function fetchToScratch(host: HostFolder, path: string, to: string, open: (bytes: Buffer) => Buffer, last: () => Buffer): Promise<Fetched<number>> {
  const file = createWriteStream(to, { highWaterMark: 1 << 20 });
  let size = 0;
  const write = (bytes: Buffer): void => {
    size += bytes.length;
    file.write(bytes);
  };
  const fetched = await fetchFile(host, path, {
    data: (bytes) => write(open(bytes)),
    result: async () => {
      if (size > 0) write(last());
      await closed(file);
      return size;
    },
  });
  if (fetched.value === undefined) await closed(file);
  return fetched;
}

async function closed(file: WriteStream): Promise<void> {
  file.end();
  if (!file.closed) await once(file, 'close');
}

interface Sink<T> {
  data(bytes: Buffer): void;
  result(): Promise<T>;
}

async function fetchFile<T>(host: HostFolder, path: string, sink: Sink<T>): Promise<Fetched<T>> {
  let failure: { code: number; text: string } | undefined;
  let seen = false;
  const status = await host.download([path], {
    begin: () => {
      seen = true;
    },
    data: (bytes) => sink.data(bytes),
    end: (error) => {
      failure = error;
    },
  });
  if (status.code === linkStatus.ok && !failure && seen) return { value: await sink.result(), code: 0 };
  const text = failure?.text ?? status.text ?? '';
  return { value: undefined, code: fileCodeOf(status, path) ?? failure?.code ?? linkStatus.notFound, text };
}

/** The host's code for one path of a batch: the multi status says it for each file, else the status is of the file. */
function fileCodeOf(status: StatusReply, path: string): number | undefined {
  if (status.code === linkStatus.ok) return undefined;
  if (status.code !== linkStatus.multi) return status.code;
  return asInteger(asDict(asDict(status.extra)?.[path])?.['DLFileErrorCode']) ?? status.code;
}

/** "…. Underlying error: No such file or directory at path "…" (MBErrorDomain/4)". */
export const underlying = (path: string, code: number, text: string): string => `${text} at path "${path}" (MBErrorDomain/${agentCode(code)})`;
