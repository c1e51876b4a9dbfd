import type { Socket } from 'node:net';
import { asInteger, emptyDict } from '../../plist/index.ts';
import { PlistChannel } from '../link/plist-channel.ts';

export const heartbeatService = 'com.apple.mobile.heartbeat';

/** Added to the interval that the phone announces, in ms. */
const grace = 30_000;
const defaultInterval = 30;

/**
 * Answers the phone's heartbeat until the socket ends. Over Wi-Fi a phone drops all connections of a host that does not;
 * Apple's muxer answers by itself, others do not. Asks `Marco` with its interval in seconds, wants `Polo`.
 */
export async function answerHeartbeat(socket: Socket, signal?: AbortSignal): Promise<void> {
  const channel = new PlistChannel(socket, { flavour: 'binary', maxBytes: 1 << 16, signal });
  let interval = defaultInterval;
  try {
    for (;;) {
      const message = await channel.receive(interval * 1_000 + grace);
      if (message['Command'] === 'SleepyTime') return;
      if (message['Command'] !== 'Marco') continue;
      interval = Math.min(Math.max(asInteger(message['Interval']) ?? defaultInterval, 1), 3_600);
      channel.send(Object.assign(emptyDict(), { Command: 'Polo' }));
    }
  } catch {
    // The services themselves meet whatever ended the heartbeat, and name it better.
  } finally {
    channel.close();
  }
}
