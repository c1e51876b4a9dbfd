import type { Services } from '../services.ts';

/** Looks again for devices and reads the backup folder anew. */
export async function refresh({ devices, history }: Services): Promise<void> {
  await Promise.all([devices.refresh(), history.refresh()]);
}
