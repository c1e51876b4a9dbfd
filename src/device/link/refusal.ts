import { DeviceError } from '../../shared/errors.ts';

const maxText = 500;

/**
 * A phone's refusal: `<family>.<word>` with the phone's word for it, which is `Unknown` when it is no word at all.
 *
 * `text` is what the phone adds, if anything; it is kept as evidence, cut to a bounded length.
 */
export function refusal(family: 'lockdown' | 'service', word: string, subject: string, text = word): DeviceError {
  const code = /^\w{1,64}$/.test(word) ? word : 'Unknown';
  return new DeviceError(`${family}.${code}`, `The device refused: ${code}`, { subject, deviceText: text.slice(0, maxText) });
}
