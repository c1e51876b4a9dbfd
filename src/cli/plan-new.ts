import { writeFile } from 'node:fs/promises';
import { isPlanName, planJson, planText } from '../plans/index.ts';
import { hostError } from '../shared/errors.ts';
import { UsageError, type CommandIo } from './command.ts';
import { exitCode } from './exit-codes.ts';
import { selectionOf } from './selection-options.ts';

export interface NewPlanOptions {
  readonly device?: string | undefined;
  readonly only?: readonly string[] | undefined;
  readonly except?: readonly string[] | undefined;
  readonly encrypted: boolean;
  readonly json?: boolean | undefined;
}

const heading = `A plan for backups with iphone-backup.
Check it:  iphone-backup plan check FILE
Run it:    iphone-backup backup --plan FILE`;

/** Writes a new plan to a file, which must not exist, or to standard output. */
export async function newPlan(path: string | undefined, options: NewPlanOptions, io: CommandIo): Promise<number> {
  if (path !== undefined && !isPlanName(path)) throw new UsageError('The name of a plan ends in .iphone-backup.yaml or .iphone-backup.json');
  const selection = selectionOf(options) ?? { include: [], exclude: [] };
  const details = { device: options.device, encrypted: options.encrypted ? true : undefined };
  const text = path?.endsWith('.json') === true ? planJson(selection, details) : planText(selection, details, heading);
  if (path === undefined) {
    io.stdout.write(text);
    return exitCode.ok;
  }
  // An existing plan is never overwritten.
  await writeFile(path, text, { flag: 'wx' }).catch((error: unknown) => {
    throw (error as NodeJS.ErrnoException).code === 'EEXIST' ? new UsageError(`There is already a file ${path}`) : hostError(error, path);
  });
  io.stdout.write(options.json === true ? `${JSON.stringify({ type: 'result', file: path })}\n` : `Wrote ${path}\n`);
  return exitCode.ok;
}
