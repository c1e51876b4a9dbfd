import type { Services } from '../services.ts';
import { connectVirtual } from './connect-virtual.ts';

/** Makes sure that two virtual iPhones are there: one to back up, one to restore to. */
export async function connectSecondVirtual(services: Services): Promise<void> {
  if (services.virtualPhones.count === 0) await connectVirtual(services);
  if (services.virtualPhones.count === 1) await connectVirtual(services);
}
