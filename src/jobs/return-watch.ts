import { setTimeout as sleep } from 'node:timers/promises';
import { findDevice } from '../device/index.ts';
import { ConnectionError } from '../shared/errors.ts';

export interface ReturnOptions {
  readonly muxer: string | undefined;
  readonly udid: string;
  /** The attachment that is expected to end. */
  readonly deviceId: number;
  /** In ms, from now to the return. */
  readonly patience: number;
  readonly signal: AbortSignal;
  readonly interval?: number | undefined;
}

/** A phone that has not left by then is not going to restart. */
const leavePatience = 60_000;

/** Whether the phone left and came back with a new attachment in time. A cancel ends the watch, not the restore. */
export async function waitForReturn(options: ReturnOptions): Promise<boolean> {
  const start = performance.now();
  let hasLeft = false;
  while (!options.signal.aborted) {
    const now = await attachment(options);
    if (now !== undefined && now !== options.deviceId) return true;
    hasLeft ||= now === undefined;
    const waited = performance.now() - start;
    if (waited > options.patience || (!hasLeft && waited > leavePatience)) return false;
    await sleep(options.interval ?? 500, undefined, { signal: options.signal }).catch(() => undefined);
  }
  return false;
}

async function attachment({ muxer, udid }: ReturnOptions): Promise<number | undefined> {
  try {
    return (await findDevice(udid, { muxer })).deviceId;
  } catch (error) {
    if (error instanceof ConnectionError) return undefined;
    throw error;
  }
}
