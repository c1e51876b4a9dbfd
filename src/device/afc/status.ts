import { DeviceError } from '../../shared/errors.ts';

/** Status codes that callers tell apart. */
export const afcStatus = { ok: 0, notFound: 8, exists: 16, wouldBlock: 19, ioError: 20 } as const;

/** `afc.<code>`; `subject` is the path on the device. */
export function afcError(code: number, subject: string): DeviceError {
  return new DeviceError(`afc.${code}`, `The device refused a file operation with ${code}`, { subject });
}

export const isAfcError = (error: unknown, code: number): boolean => error instanceof DeviceError && error.code === `afc.${code}`;
