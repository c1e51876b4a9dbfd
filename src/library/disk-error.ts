import { hostError } from '../shared/errors.ts';

/** Wraps what the disk threw as `HostError`; faults of ours (no errno) pass as they are. */
export function diskError(error: unknown, subject: string): unknown {
  const { code, path } = error as NodeJS.ErrnoException;
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code) ? hostError(error, path ?? subject) : error;
}

/** Runs `work`; failures of the disk leave as `HostError`. */
export async function onDisk<T>(subject: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw diskError(error, subject);
  }
}

const refusals = new Set(['EROFS', 'EACCES', 'EPERM', 'host.read-only', 'host.permission']);

/** Whether the disk, or its owner, does not let us write. */
export const isRefusal = (error: unknown): boolean => refusals.has((error as { readonly code?: string }).code ?? '');
