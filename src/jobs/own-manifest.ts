import type { Draft, OpenBackup } from '../library/index.ts';
import { EngineError } from '../shared/errors.ts';
import type { JobContext } from './job-context.ts';

/** The decrypted manifest of an encrypted draft, to be closed; `undefined` without a password that opens it. */
export async function openOwnManifest(draft: Draft, password: string | undefined, job: JobContext): Promise<OpenBackup | undefined> {
  if (password === undefined) return undefined;
  try {
    return await draft.openManifest(password, job.signal);
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'data.password') throw error;
    job.notice({ code: 'password-wrong' });
    return undefined;
  }
}
