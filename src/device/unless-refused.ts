import { DeviceError } from '../shared/errors.ts';

/** What a device answers; `undefined` where it refuses. */
export async function unlessRefused<T>(question: Promise<T>): Promise<T | undefined> {
  try {
    return await question;
  } catch (error) {
    if (error instanceof DeviceError) return undefined;
    throw error;
  }
}
