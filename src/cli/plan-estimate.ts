import { isComplete, type Plan } from '../plans/index.ts';
import { EngineError } from '../shared/errors.ts';
import type { Estimate } from '../shared/estimate.ts';
import type { SelectionSize } from '../shared/plan-facts.ts';
import { formatBytes } from './format.ts';
import type { Session } from './session.ts';

/** What a plan's choice took of the last backup; `undefined` without a backup that opens, and for a plan of everything. */
export async function planShare(plan: Plan, estimate: Estimate, password: string | undefined, session: Session): Promise<SelectionSize | undefined> {
  const { udid, lastBackup } = estimate;
  if (!lastBackup || isComplete(plan)) return undefined;
  try {
    const request = { entry: { udid, id: lastBackup.id }, password, selections: [plan.selection] };
    return (await session.engine.measureSelections(request, session.io.signal))[0];
  } catch (error) {
    // Encrypted without its password, or damaged: the estimate says so itself.
    if (error instanceof EngineError && error.kind === 'data') return undefined;
    throw error;
  }
}

export function planShareText(plan: Plan, { lastBackup }: Estimate, size: SelectionSize | undefined): string {
  if (isComplete(plan)) return 'The plan takes everything.';
  if (!size || !lastBackup) return 'What the plan takes can only be measured in an earlier backup that opens (--unlock for an encrypted one).';
  const share = lastBackup.size > 0 ? `, ${Math.round((100 * size.bytes) / lastBackup.size)} %` : '';
  const taken = `The plan takes ${formatBytes(size.bytes)} in ${size.files} files of the last backup${share}.`;
  return `${taken} The device sends the rest too, and it is then discarded.`;
}
