import { emptyParameter, linkStatus } from '../format/mb-errors.ts';
import type { PlistValue } from '../plist/index.ts';
import { EngineError } from '../shared/errors.ts';

/** The host's answer to one operation; an absent text or extra goes as DeviceLink's empty parameter. */
export interface Answer {
  /** One of `linkStatus`. */
  readonly code: number;
  readonly text?: string | undefined;
  readonly extra?: PlistValue | undefined;
}

/** That all went well, with nothing more to say: the answer to most operations. */
export const done: Answer = { code: linkStatus.ok };

/** The four parts of a `StatusResponse`. */
export function statusResponse(answer: Answer): PlistValue[] {
  return ['DLMessageStatusResponse', answer.code, answer.text ?? emptyParameter, answer.extra ?? emptyParameter];
}

const byErrno: Readonly<Record<string, number>> = {
  ENOENT: linkStatus.notFound,
  EEXIST: linkStatus.exists,
  ENOTDIR: linkStatus.notDirectory,
  EISDIR: linkStatus.isDirectory,
  ELOOP: linkStatus.linkLoop,
  EIO: linkStatus.io,
  ENOSPC: linkStatus.noSpace,
  EDQUOT: linkStatus.noSpace,
};

const byCode: Readonly<Record<string, number>> = {
  'host.missing': linkStatus.notFound,
  'host.no-space': linkStatus.noSpace,
  'host.io': linkStatus.io,
};

/** The DeviceLink status for a failure of the backup folder; what has none of its own is the generic one. */
export function statusOf(error: unknown): number {
  if (!(error instanceof EngineError)) return linkStatus.generic;
  const errno = errnoOf(error.cause);
  return (errno === undefined ? undefined : byErrno[errno]) ?? byCode[error.code] ?? linkStatus.generic;
}

/** `ENOENT` and the like of a Node error. */
export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

const texts: Readonly<Record<number, string>> = {
  [linkStatus.notFound]: 'No such file or directory',
  [linkStatus.exists]: 'File exists',
  [linkStatus.notDirectory]: 'Not a directory',
  [linkStatus.isDirectory]: 'Is a directory',
  [linkStatus.linkLoop]: 'Too many levels of symbolic links',
  [linkStatus.io]: 'Input/output error',
  [linkStatus.noSpace]: 'No space left on device',
  [linkStatus.notImplemented]: 'Operation not supported',
};

/** POSIX words for a status, as other hosts send them. */
export function statusText(code: number): string {
  return texts[code] ?? 'Operation failed';
}
