import { createRequire } from 'node:module';
import type * as PlanTools from './plan-tools.ts';

/** What plans need, loaded at the first call: it lies beside the extension's bundle. */
export function loadPlanTools(): typeof PlanTools {
  return createRequire(import.meta.url)('./plan-tools.js') as typeof PlanTools;
}
