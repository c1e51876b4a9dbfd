import { duplexPair } from 'node:stream';
import { openLink, type ConversationEvent, type DeviceLink, type LinkTimings } from '../../../../src/mobilebackup2/index.ts';
import { ScriptedDevice } from './scripted-device.ts';

/** Waits short enough for a test that wants to see them pass. */
export const shortTimings: LinkTimings = { opening: 60, stream: 60, betweenFiles: 120, listedCheck: 30, silence: 60_000, disk: 500, close: 100 };

export interface Session {
  readonly device: ScriptedDevice;
  readonly link: DeviceLink;
  readonly events: ConversationEvent[];
  readonly onEvent: (event: ConversationEvent) => void;
}

export interface SessionOptions {
  readonly signal?: AbortSignal;
  readonly timings?: Partial<LinkTimings>;
  readonly isDeviceListed?: () => Promise<boolean>;
}

/** A link that has been opened, between our client and a scripted device in memory. */
export async function openSession(options: SessionOptions = {}): Promise<Session> {
  const [near, far] = duplexPair();
  const device = new ScriptedDevice(far);
  const opening = openLink(near, { isDeviceListed: async () => true, ...options });
  await device.open();
  const events: ConversationEvent[] = [];
  return { device, link: await opening, events, onEvent: (event) => events.push(event) };
}
