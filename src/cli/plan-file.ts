import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { planLimits, readPlan, type Plan } from '../plans/index.ts';
import { DataError, EngineError, hostError } from '../shared/errors.ts';
import { UsageError } from './command.ts';

/** UTF-8 needs at most so many bytes for a UTF-16 unit. */
const bytesPerUnit = 3;

/** The text of a plan file. Throws `UsageError` for a file that is not there, a `HostError`, or `data.plan` for one that cannot be a plan. */
export async function readPlanText(path: string): Promise<string> {
  try {
    const facts = await stat(path);
    if (!facts.isFile()) throw notPlan(path, 'not a file');
    if (facts.size > planLimits.length * bytesPerUnit) throw notPlan(path, `too large for a plan, ${facts.size} bytes`);
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
  } catch (error) {
    if (error instanceof TypeError) throw notPlan(path, 'not in UTF-8');
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new UsageError(`There is no file ${path}`);
    throw error instanceof EngineError ? error : hostError(error, path);
  }
}

const notPlan = (path: string, what: string): DataError => new DataError('data.plan', 'The file cannot be a plan', { subject: `${path}:1:1: ${what}` });

/** The plan in a file. Throws `data.plan` with `FILE:LINE:COLUMN: sentence` as its subject. */
export async function loadPlan(path: string): Promise<Plan> {
  const text = await readPlanText(path);
  try {
    return readPlan(text);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    throw new DataError(error.code, error.message, { subject: `${path}:${error.subject ?? ''}`, cause: error });
  }
}

/** The library that a plan names: `--library` counts more, the default less. */
export function libraryOf(plan: Pick<Plan, 'library'>, option: string | undefined): string | undefined {
  if (option !== undefined || plan.library === undefined) return option;
  return /^~(?=[\\/]|$)/.test(plan.library) ? join(homedir(), plan.library.slice(1)) : plan.library;
}
