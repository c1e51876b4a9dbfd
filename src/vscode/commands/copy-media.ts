import { ensureTrust } from '../flows/ensure-trust.ts';
import { runMediaCopy } from '../flows/run-media-copy.ts';
import { askForMedia } from '../flows/ask-for-media.ts';
import { pickDevice } from '../pick/pick-device.ts';
import type { Services } from '../services.ts';
import { t } from '../wording.ts';

/** Copies photos and videos straight from the camera roll into a folder, without a backup. */
export async function copyMedia(services: Services, argument?: unknown): Promise<void> {
  const picked = await pickDevice(services, argument, { title: t('Copy Photos and Videos') });
  const device = picked && (await ensureTrust(services, picked));
  const wish = device && (await askForMedia());
  if (device && wish) await runMediaCopy(services, device, wish);
}
