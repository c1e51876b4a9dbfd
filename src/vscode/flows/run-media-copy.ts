import { commands, Uri, window } from 'vscode';
import type { DeviceSummary } from '../../device/types.ts';
import { deviceName } from '../presenters/device-words.ts';
import { mediaDoneText } from '../presenters/outcome-words.ts';
import { withoutLinks } from '../presenters/plain-text.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';
import type { MediaWish } from './ask-for-media.ts';
import { reportFailure } from './report-failure.ts';

/** Copies and tells how it ended; trying again goes on where it stopped, as what is there is skipped. */
export async function runMediaCopy(services: Services, device: DeviceSummary, wish: MediaWish): Promise<void> {
  const end = await services.jobs.run({
    kind: 'copy-media',
    udid: device.udid,
    subject: deviceName(device, wording()),
    isVirtual: device.isVirtual,
    run: async (run) => services.devices.engineOf(device.udid).copyMedia({ udid: device.udid, ...wish }, run),
  });
  if (!end.ok) {
    await reportFailure(services, end.error, { kind: 'copy-media', device, notices: end.notices, retry: () => runMediaCopy(services, device, wish) });
    return;
  }
  for (const path of end.value.failed) services.log.warn(`Not given by the device: ${path}`);
  const text = withoutLinks(mediaDoneText(end.value, wording()));
  const show = t('Show');
  const answer = await (end.value.failed.length > 0 ? window.showWarningMessage(text, show) : window.showInformationMessage(text, show));
  if (answer === show) await commands.executeCommand('revealFileInOS', Uri.file(end.value.folder));
}
