import { asString } from '../../plist/index.ts';
import type { Service } from '../service.ts';
import { stall } from '../state/wire.ts';
import { PlistLink } from './plist-link.ts';

const intervalSeconds = 10;

/** com.apple.mobile.heartbeat: asks every ten seconds whether the host is there, and says good night when it is not. */
export const heartbeat: Service = {
  name: 'com.apple.mobile.heartbeat',
  needsEscrowBag: false,
  async serve(stream, _phone, signal) {
    const link = new PlistLink(stream);
    while (!signal.aborted) {
      await link.send({ Command: 'Marco', Interval: intervalSeconds });
      const limit = new AbortController();
      const late = stall(intervalSeconds * 2000, AbortSignal.any([signal, limit.signal]));
      const reply = await Promise.race([link.receive(), late]);
      limit.abort();
      if (!reply) return link.send({ Command: 'SleepyTime' });
      if (asString(reply['Command']) !== 'Polo') return undefined;
      await stall(intervalSeconds * 1000, signal);
    }
    return undefined;
  },
};
