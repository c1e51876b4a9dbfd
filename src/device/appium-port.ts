import type { PlistService } from 'appium-ios-device/build/lib/plist-service/index.js';
import { DataError } from '../shared/errors.ts';
import type { PlistDict } from '../plist/index.ts';
import type { PlistChannel } from './link/plist-channel.ts';

export interface PortOptions {
  /** Turns an answer that carries an error into a thrown one, before appium's code sees it. */
  readonly check: (reply: PlistDict) => PlistDict;
  /** Deadline of each answer, in ms; appium's own of 5 s is too short for phones that compute sizes. */
  readonly timeout: number;
  /** Answers that one conversation may have. */
  readonly maxReplies: number;
}

/**
 * The seam to `appium-ios-device`: its service classes speak through this in place of its own `PlistService`.
 *
 * So they get our frames, limits, deadlines and cancel; its own transport polls for answers every 50 ms, ends at 1 MiB
 * and throws out of stream callbacks at malformed input, which would end the process.
 */
export function appiumPort(channel: PlistChannel, options: PortOptions): PlistService {
  let replies = 0;
  const counted = (reply: PlistDict): PlistDict => {
    if (++replies > options.maxReplies) throw new DataError('data.limit', `More than ${options.maxReplies} answers`);
    return options.check(reply);
  };
  const port = {
    sendPlist: (message: object): void => channel.send(message as PlistDict),
    receivePlist: async (): Promise<PlistDict> => counted(await channel.receive(options.timeout)),
    sendPlistAndReceive: async (message: object): Promise<PlistDict> => options.check(await channel.ask(message as PlistDict, options.timeout)),
    close: (): void => channel.close(),
  };
  return port as unknown as PlistService;
}
