import { asString, type PlistDict } from '../../plist/index.ts';
import type { Phone, Service } from '../service.ts';
import { PlistLink } from './plist-link.ts';

/** com.apple.springboardservices: icons of apps and their order; binary lists, lower-case keys, many requests on one connection. */
export const springboardServices: Service = {
  name: 'com.apple.springboardservices',
  needsEscrowBag: false,
  async serve(stream, phone) {
    const link = new PlistLink(stream, 'binary');
    for (let request = await link.receive(); request; request = await link.receive()) await answer(link, phone, request);
  },
};

async function answer(link: PlistLink, phone: Phone, request: PlistDict): Promise<void> {
  switch (request['command']) {
    case 'getIconPNGData': {
      const app = phone.content.apps().find(({ bundleId }) => bundleId === asString(request['bundleId']));
      // An unknown app gets a reply without the picture.
      return link.send(app ? { pngData: app.icon } : {});
    }
    case 'getInterfaceOrientation':
      return link.send({ interfaceOrientation: 1 });
    case 'getIconState':
      return link.send({ iconState: [phone.content.apps().map(({ bundleId, name }) => ({ bundleIdentifier: bundleId, displayName: name }))] });
    default:
      return link.send({});
  }
}
