import { setTimeout as delay } from 'node:timers/promises';
import type { Locator } from 'playwright-core';

/** How long a person waits for anything before it counts as missing, in ms. Long: a build machine may be busy with other things. */
export const patience = 90_000;

/** Each attempt gets more time: a click that was lost is made again soon, a slow machine is waited for. */
const attempts = [5_000, 10_000, 30_000];

/**
 * Tries a gesture again that the workbench, busy with something else, did not take; the last attempt tells what was missing.
 * `gesture` ends with what shows that it was taken, and does no harm when it is made twice.
 */
export async function insist<T>(gesture: (timeout: number) => Promise<T>): Promise<T> {
  for (const timeout of attempts.slice(0, -1)) {
    try {
      return await gesture(timeout);
    } catch {
      // Made once more.
    }
  }
  return gesture(attempts.at(-1) ?? patience);
}

/**
 * Makes `prepare` until `target` can be clicked, then clicks it once: whether a click that took too long was taken nobody
 * knows, and most must not be made twice.
 */
export async function clickOnce(target: Locator, prepare: (timeout: number) => Promise<unknown>): Promise<void> {
  await insist(async (timeout) => {
    await prepare(timeout);
    await target.click({ trial: true, timeout });
  });
  await target.click();
}

/** Looks again until `look` throws no more; the last look tells what was wrong. */
export async function eventually<T>(look: () => Promise<T>): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > end) throw error;
      await delay(100);
    }
  }
}
