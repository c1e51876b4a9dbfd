import { DataError, HostError } from '../shared/errors.ts';
import { BackupContentError, type BackupFault } from '../virtual-iphone/index.ts';
import { UsageError } from './command.ts';

/** Why a virtual phone cannot be made, as an error with an exit code and a sentence of its own. Others pass unchanged. */
export function phoneFailure(error: unknown): unknown {
  if (error instanceof BackupContentError) return backupFailure(error);
  return error instanceof RangeError ? new UsageError(error.message) : error;
}

/** Why the muxer cannot listen at the port or socket, or use the folder, that the command line names. Others pass unchanged. */
export function muxFailure(error: unknown): unknown {
  return isSystemError(error) ? placeFailure(error) : error;
}

const dataCodes: Readonly<Partial<Record<BackupFault, string>>> = {
  manifest: 'data.manifest',
  keybag: 'data.keybag',
  password: 'data.password',
  damaged: 'data.damaged',
};

function backupFailure(error: BackupContentError): Error {
  const details = { subject: error.subject === '' ? undefined : error.subject, cause: error };
  if (error.fault === 'unreadable') return new HostError('host.io', error.message, details);
  const code = dataCodes[error.fault];
  return code === undefined ? new UsageError(error.message) : new DataError(code, error.message, details);
}

interface SystemError extends Error {
  readonly code: string;
  readonly syscall: string;
  readonly address?: string;
  /** -1 for a UNIX socket. */
  readonly port?: number;
  readonly path?: string;
}

const isSystemError = (error: unknown): error is SystemError => error instanceof Error && 'code' in error && 'syscall' in error;

function placeFailure({ code, syscall, address, port = 0, path }: SystemError): UsageError {
  if (syscall !== 'listen') return new UsageError(`'${path ?? ''}' cannot be used (${code})`);
  if (port <= 0) return new UsageError(`--socket cannot be '${address ?? ''}' (${code})`);
  const reason = code === 'EADDRINUSE' ? 'is used by another program' : `cannot be opened (${code})`;
  return new UsageError(`Port ${port} ${reason}; choose another with --port, or leave it out for any free one`);
}
