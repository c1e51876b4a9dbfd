import type { CheckResult } from '../../shared/diagnosis-report.ts';
import { throwIfCancelled, withDeadline } from '../../shared/cancel.ts';
import { CancelledError, EngineError } from '../../shared/errors.ts';
import type { Check } from './check.ts';
import type { CheckPorts } from './ports.ts';

export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  /** Hears each result as it changes. */
  readonly onResult?: ((result: CheckResult) => void) | undefined;
}

/** Marks a passed deadline; never leaves this file. */
class Late extends Error {}

/**
 * Runs checks side by side, each after the one that it builds on. A check that hangs, throws or meets nonsense costs its
 * own answer only. Rejects with `CancelledError` alone.
 */
export async function runChecks(checks: readonly Check[], ports: CheckPorts, options: RunOptions = {}): Promise<CheckResult[]> {
  const results = new Map<string, Promise<CheckResult>>();
  for (const check of checks) results.set(check.id, settle(check, ports, options, check.after === undefined ? undefined : results.get(check.after)));
  return await Promise.all(results.values());
}

async function settle(check: Check, ports: CheckPorts, options: RunOptions, before: Promise<CheckResult> | undefined): Promise<CheckResult> {
  const tell = (outcome: Partial<CheckResult> & Pick<CheckResult, 'state'>): CheckResult => {
    const result = { ...resultOf(check, ports), ...outcome };
    options.onResult?.(result);
    return result;
  };
  if (before && isInTheWay(await before)) return tell({ state: 'skipped' });
  throwIfCancelled(options.signal);
  tell({ state: 'running' });
  try {
    const findings = await withDeadline(check.run(ports), check.deadline, () => new Late(), options.signal);
    return tell(findings === undefined ? { state: 'skipped' } : { state: findings.length === 0 ? 'good' : 'found', findings });
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    return tell({ state: 'unknown', reason: reasonOf(error) });
  }
}

/** What a check says before it has run. */
export function resultOf({ id, group, after }: Check, { phone }: Pick<CheckPorts, 'phone'>): CheckResult {
  const udid = group === 'computer' || after === undefined ? undefined : phone?.udid;
  return { check: id, group, udid, state: 'waiting', reason: undefined, findings: [] };
}

const isInTheWay = ({ state, findings }: CheckResult): boolean =>
  state === 'skipped' || state === 'unknown' || findings.some(({ severity }) => severity === 'blocker');

function reasonOf(error: unknown): string {
  if (error instanceof Late) return 'deadline';
  if (error instanceof EngineError) return error.code;
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : 'crash.internal';
}
