import { asString } from '../../plist/index.ts';
import type { Service } from '../service.ts';
import { PlistLink } from './plist-link.ts';

/** com.apple.mobile.notification_proxy: relays what the host observes, takes what it posts. */
export const notificationProxy: Service = {
  name: 'com.apple.mobile.notification_proxy',
  needsEscrowBag: false,
  async serve(stream, phone) {
    const link = new PlistLink(stream);
    const observed = new Set<string>();
    const unobserve = phone.observe((name) => {
      if (observed.has(name)) void link.send({ Command: 'RelayNotification', Name: name });
    });
    try {
      for (let request = await link.receive(); request; request = await link.receive()) {
        const name = asString(request['Name']);
        if (request['Command'] === 'ObserveNotification' && name !== undefined) observed.add(name);
        if (request['Command'] === 'PostNotification' && name !== undefined) phone.notify(name);
        if (request['Command'] !== 'Shutdown' || phone.moods.silentProxy) continue;
        // Hosts wait for this up to 30 s.
        await link.send({ Command: 'ProxyDeath' });
        return;
      }
    } finally {
      unobserve();
    }
  },
};
