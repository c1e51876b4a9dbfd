import { setTimeout as sleep } from 'node:timers/promises';
import { throwIfCancelled } from '../../shared/cancel.ts';
import type { AfcClient } from '../afc/client.ts';
import { type AfcFile, afcLock, afcMode } from '../afc/file.ts';
import { afcStatus, isAfcError } from '../afc/status.ts';
import { unlessRefused } from '../unless-refused.ts';
import { type NotificationProxy, hostNotification } from './notifications.ts';

const lockFile = '/com.apple.itunes.lock_sync';
const attempts = 50;
const defaultPause = 200;

export interface SyncLockOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called once when another host has the lock. */
  readonly onBusy?: (() => void) | undefined;
  /** Between two of fifty tries, ms; 200 as hosts do. */
  readonly pause?: number | undefined;
}

/** The lock by which hosts keep out of each other's backups and syncs; the phone frees it when the AFC connection ends. */
export class SyncLock {
  readonly #proxy: NotificationProxy;
  readonly #file: AfcFile | undefined;

  private constructor(proxy: NotificationProxy, file: AfcFile | undefined) {
    this.#proxy = proxy;
    this.#file = file;
  }

  /**
   * Takes the lock as iTunes does, telling the phone at each step. Throws `afc.19` when another host keeps it for 10 s.
   * A phone that does not let the lock file be opened is used without a lock.
   */
  static async acquire(afc: AfcClient, proxy: NotificationProxy, options: SyncLockOptions = {}): Promise<SyncLock> {
    proxy.post(hostNotification.syncWillStart);
    const file = await openLockFile(afc);
    const lock = new SyncLock(proxy, file);
    try {
      proxy.post(hostNotification.syncLockRequest);
      if (file) await patiently(file, options);
      proxy.post(hostNotification.syncDidStart);
      return lock;
    } catch (error) {
      await file?.close().catch(() => undefined);
      proxy.post(hostNotification.syncDidFinish);
      throw error;
    }
  }

  /** Whether the phone really holds other hosts off. */
  get isHeld(): boolean {
    return this.#file !== undefined;
  }

  /** Never throws: a phone that has gone has freed the lock. */
  async release(): Promise<void> {
    await this.#file?.lock(afcLock.unlock).catch(() => undefined);
    await this.#file?.close().catch(() => undefined);
    this.#proxy.post(hostNotification.syncDidFinish);
  }
}

const openLockFile = (afc: AfcClient): Promise<AfcFile | undefined> => unlessRefused(afc.open(lockFile, afcMode.readWriteCreate));

async function patiently(file: AfcFile, options: SyncLockOptions): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await file.lock(afcLock.exclusive);
    } catch (error) {
      if (!isAfcError(error, afcStatus.wouldBlock) || attempt >= attempts) throw error;
      if (attempt === 1) options.onBusy?.();
    }
    await sleep(options.pause ?? defaultPause, undefined, { signal: options.signal }).catch(() => undefined);
    throwIfCancelled(options.signal);
  }
}
