import { asString, emptyDict } from '../../plist/index.ts';
import { EngineError } from '../../shared/errors.ts';
import type { DeviceConnection } from '../connection.ts';
import { PlistChannel } from '../link/plist-channel.ts';

/** Names that hosts post. */
export const hostNotification = {
  syncWillStart: 'com.apple.itunes-mobdev.syncWillStart',
  syncLockRequest: 'com.apple.itunes-mobdev.syncLockRequest',
  syncDidStart: 'com.apple.itunes-mobdev.syncDidStart',
  syncDidFinish: 'com.apple.itunes-mobdev.syncDidFinish',
} as const;

/** Names that phones relay during a backup; prompts of the passcode since iOS 16.1. */
export const deviceNotification = {
  cancelRequest: 'com.apple.itunes-client.syncCancelRequest',
  suspendRequest: 'com.apple.itunes-client.syncSuspendRequest',
  resumeRequest: 'com.apple.itunes-client.syncResumeRequest',
  backupDomainChanged: 'com.apple.mobile.backup.domain_changed',
  passcodePromptShown: 'com.apple.LocalAuthentication.ui.presented',
  passcodePromptGone: 'com.apple.LocalAuthentication.ui.dismissed',
} as const;

export type DeviceNotification = (typeof deviceNotification)[keyof typeof deviceNotification];

export interface NotificationListener {
  onNotification(name: DeviceNotification): void;
  /** The phone no longer relays; not called after `close`. */
  onLost?(error: EngineError): void;
}

const serviceName = 'com.apple.mobile.notification_proxy';
const deathTimeout = 3_000;
const known: ReadonlySet<string> = new Set(Object.values(deviceNotification));

/** A connection to notification_proxy: posts, and relays what is observed. */
export class NotificationProxy {
  readonly #channel: PlistChannel;
  readonly #listener: NotificationListener | undefined;
  readonly #ended: Promise<void>;
  #isClosing = false;

  private constructor(channel: PlistChannel, listener: NotificationListener | undefined) {
    this.#channel = channel;
    this.#listener = listener;
    this.#ended = this.#relay();
  }

  /** Starts the service and observes `names` when there is a listener. */
  static async open(
    device: DeviceConnection,
    listener?: NotificationListener,
    names: readonly DeviceNotification[] = Object.values(deviceNotification),
  ): Promise<NotificationProxy> {
    const socket = await device.startService(serviceName);
    const channel = new PlistChannel(socket, { maxBytes: 1 << 20, signal: device.signal });
    const proxy = new NotificationProxy(channel, listener);
    if (listener) for (const name of names) proxy.#command('ObserveNotification', name);
    return proxy;
  }

  /** Posts to the phone; it does not answer. */
  post(name: (typeof hostNotification)[keyof typeof hostNotification]): void {
    this.#command('PostNotification', name);
  }

  /** Says good-bye as phones want it, so that what was posted arrives; waits for their answer for a few seconds at most. Never throws. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#command('Shutdown');
    const timer = setTimeout(() => this.#channel.socket.destroy(), deathTimeout);
    await this.#ended;
    clearTimeout(timer);
    this.#channel.close();
  }

  #command(command: string, name?: string): void {
    if (this.#channel.socket.destroyed) return;
    this.#channel.send(Object.assign(emptyDict(), { Command: command }, name === undefined ? {} : { Name: name }));
  }

  async #relay(): Promise<void> {
    try {
      for (;;) {
        const message = await this.#channel.receive(Infinity);
        const name = asString(message['Name']);
        if (message['Command'] === 'ProxyDeath') break;
        if (message['Command'] === 'RelayNotification' && isKnown(name)) this.#listener?.onNotification(name);
      }
    } catch (error) {
      if (!this.#isClosing && error instanceof EngineError) this.#listener?.onLost?.(error);
    }
  }
}

const isKnown = (name: string | undefined): name is DeviceNotification => name !== undefined && known.has(name);
