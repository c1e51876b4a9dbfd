import { closeSync, openSync, writeSync } from 'node:fs';
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
    result: () => Buffer.concat(chunks),
  });
}

/** Turns what the host stores into what is kept, chunk by chunk. */
export interface Opener {
  update(bytes: Buffer): Buffer;
  final(): Buffer;
}

/** Fetches a file into the scratch file `to`, passing it through `opener`. */
export async function fetchToScratch(host: HostFolder, path: string, to: string, opener: Opener): Promise<Fetched<number>> {
  const file = openSync(to, 'w', 0o600);
  let size = 0;
  const write = (bytes: Buffer): void => {
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    size += bytes.length;
  };
  try {
    return await fetchFile(host, path, {
      data: (bytes) => write(opener.update(bytes)),
      result: () => {
        if (size > 0) write(opener.final());
        return size;
      },
    });
  } finally {
    closeSync(file);
  }
}

interface Sink<T> {
  data(bytes: Buffer): void;
  result(): T;
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
  if (status.code === linkStatus.ok && !failure && seen) return { value: sink.result(), code: 0 };
  const code = fileCodeOf(status, path) ?? failure?.code ?? linkStatus.notFound;
  // Logs show the file's own words for a missing file, else those of the status ("Multi status").
  const texts = code === linkStatus.notFound ? [failure?.text, status.text] : [status.text, failure?.text];
  return { value: undefined, code, text: texts.find((text) => text !== undefined) ?? '' };
}

/** The host's code for one path of a batch: the multi status says it for each file, else the status is of the file. */
function fileCodeOf(status: StatusReply, path: string): number | undefined {
  if (status.code === linkStatus.ok) return undefined;
  if (status.code !== linkStatus.multi) return status.code;
  return asInteger(asDict(asDict(status.extra)?.[path])?.['DLFileErrorCode']) ?? status.code;
}

/** "…. Underlying error: No such file or directory at path "…" (MBErrorDomain/4)". */
export const underlying = (path: string, code: number, text: string): string => `${text} at path "${path}" (MBErrorDomain/${agentCode(code)})`;
