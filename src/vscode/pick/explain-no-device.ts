import { commands, window } from 'vscode';
import { errorWords } from '../../diagnosis/error-words.ts';
import { ConnectionError, errorFacts } from '../../shared/errors.ts';
import { command } from '../ids.ts';
import { withoutLinks } from '../presenters/plain-text.ts';
import type { Services } from '../services.ts';
import { t } from '../wording.ts';

/** Says why no device can be chosen, and offers the virtual one. */
export async function explainNoDevice(services: Services): Promise<void> {
  const error = services.devices.muxerError ?? new ConnectionError('device.none', 'No device is connected');
  const words = errorWords(errorFacts(error), t);
  const tryVirtual = t('Connect Virtual iPhone');
  const answer = await window.showWarningMessage(withoutLinks(`${words.sentence} ${words.next}`), tryVirtual);
  if (answer === tryVirtual) await commands.executeCommand(command.connectVirtual);
}
