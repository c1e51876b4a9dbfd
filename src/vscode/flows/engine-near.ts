import type { Engine } from '../../jobs/api.ts';
import type { Services } from '../services.ts';

/** The engine that sees a device; one that has gone is looked for at the computer's own muxer. */
export async function engineNear({ devices, hub }: Services, udid: string | undefined): Promise<Engine> {
  return udid !== undefined && devices.find(udid) ? devices.engineOf(udid) : await hub.main();
}
