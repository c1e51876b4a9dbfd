import { window } from 'vscode';
import { t } from '../wording.ts';

/** Says what asking the phone means, before it is done; `true` to go on. */
export async function explainExperiment(device: string): Promise<boolean> {
  const detail = [
    t('A backup is begun and cut before anything is written: before it sends, the device says how much room it demands. It needs iOS 14 or newer.'),
    t('The device may ask for its passcode, and its screen shows a synchronization for a moment.'),
    t('This has been derived from how devices behave. Treat the figure as a hint.'),
  ].join('\n\n');
  const ask = t('Ask');
  return (await window.showInformationMessage(t('Ask {device} how much room it demands? (experiment)', { device }), { modal: true, detail }, ask)) === ask;
}
