import { errorFacts } from '../../shared/errors.ts';
import type { Services } from '../services.ts';
import { reportFailure } from './report-failure.ts';

/** Does what a person asked for; what it throws ends as one worded notification, and in the log under `name`. */
export async function attempt(services: Services, name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    services.log.error(name, error);
    await reportFailure(services, errorFacts(error), { kind: 'command' });
  }
}
