import type { ErrorKind } from '../shared/errors.ts';

/** Exit codes of `iphone-backup`, documented in `--help`. */
export const exitCode = {
  ok: 0,
  crash: 1,
  usage: 2,
  device: 3,
  connection: 4,
  host: 5,
  data: 6,
  cancelled: 7,
  /** Of `diagnose`: something is not as it should be. */
  warned: 8,
  /** Of `diagnose`: a backup cannot work. */
  blocked: 9,
} as const;

const byKind: Readonly<Record<ErrorKind, number>> = {
  crash: exitCode.crash,
  device: exitCode.device,
  connection: exitCode.connection,
  host: exitCode.host,
  data: exitCode.data,
  cancelled: exitCode.cancelled,
};

export const exitCodeOf = (kind: ErrorKind): number => byKind[kind];

export const exitCodeHelp = `Exit codes:
  0  done
  1  a fault of this program
  2  the command line was not understood
  3  the device refused or ended with an error
  4  no connection to the device or to the muxer
  5  this computer refused: space, permission, disk
  6  data is damaged, or a password does not open it
  7  cancelled
  8  diagnose: a backup can work, but something should be looked at
  9  diagnose: a backup cannot work`;
