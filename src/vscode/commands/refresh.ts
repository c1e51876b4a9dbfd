import type { Services } from '../services.ts';

/** Looks again for devices and at how they are, and reads the backup folder anew. */
export async function refresh({ devices, history, health }: Services): Promise<void> {
  health.lookAgain();
  await Promise.all([devices.refresh(), history.refresh()]);
}
