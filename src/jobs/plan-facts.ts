import type { Library } from '../library/index.ts';
import type { PlanFacts, SelectionSize } from '../shared/plan-facts.ts';
import type { MeasureRequest } from './api.ts';
import type { RestoreDeps } from './restore-job.ts';

export function planFacts(deps: RestoreDeps, request: { readonly udid?: string | undefined; readonly password?: string | undefined }, signal?: AbortSignal): Promise<PlanFacts> {
  throw new Error(`Not built yet: ${[deps, request, signal].length}`);
}

export function measureSelections(library: Library, request: MeasureRequest, signal?: AbortSignal): Promise<readonly SelectionSize[]> {
  throw new Error(`Not built yet: ${[library, request, signal].length}`);
}
