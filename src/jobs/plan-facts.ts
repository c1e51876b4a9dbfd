import { join } from 'node:path';
import type { Library } from '../library/index.ts';
import { appsOfBackup, parseSelection } from '../selection/index.ts';
import type { PlanFacts, SelectionSize } from '../shared/plan-facts.ts';
import type { MeasureRequest } from './api.ts';
import type { RestoreDeps } from './restore-job.ts';

export function planFacts(deps: RestoreDeps, request: { readonly udid?: string | undefined; readonly password?: string | undefined }, signal?: AbortSignal): Promise<PlanFacts> {
  throw new Error(`Not built yet: ${[deps, request, signal].length}`);
}

/** How much of an entry each selection takes. Throws `data.password` for an encrypted one that the password does not open. */
export async function measureSelections(library: Library, request: MeasureRequest, signal?: AbortSignal): Promise<readonly SelectionSize[]> {
  const entry = await library.entry(request.entry.udid, request.entry.id);
  const apple = await library.findAppleFolder(join(entry.path, entry.udid));
  const backup = await library.openBackup(apple.path, request.password, signal);
  try {
    const apps = appsOfBackup(apple.manifest, apple.info);
    return (await library.measureContent(backup, { selections: request.selections.map(parseSelection), apps }, { signal })).selections;
  } finally {
    await backup.close();
  }
}
