import { asArray, asDict, asString, type PlistDict } from '../../plist/index.ts';
import type { PhoneApp } from '../contract.ts';
import type { Phone, Service } from '../service.ts';
import { actOut, takeFault } from '../state/faults.ts';
import { describeApp } from './app-attributes.ts';
import { PlistLink } from './plist-link.ts';

/** Apps of one partial list. */
const listLength = 20;

/** com.apple.mobile.installation_proxy: what is installed. It installs and removes nothing. */
export const installationProxy: Service = {
  name: 'com.apple.mobile.installation_proxy',
  needsEscrowBag: false,
  async serve(stream, phone, signal) {
    const link = new PlistLink(stream);
    for (let request = await link.receive(); request; request = await link.receive()) {
      const command = asString(request['Command']) ?? '';
      const acted = await actOut(takeFault(phone, `installation_proxy.${command}`), stream, signal);
      if (acted === 'gone') return;
      if (acted) await link.send({ Error: acted.error });
      else await answer(link, phone, command, asDict(request['ClientOptions']) ?? {});
    }
  },
};

async function answer(link: PlistLink, phone: Phone, command: string, options: PlistDict): Promise<void> {
  switch (command) {
    case 'Browse':
      return browse(link, phone, options);
    case 'Lookup':
      return link.send({ Status: 'Complete', LookupResult: lookup(phone, options) });
    default:
      return link.send({ Error: 'APIInternalError', ErrorDescription: `The virtual phone does not do ${command}` });
  }
}

async function browse(link: PlistLink, phone: Phone, options: PlistDict): Promise<void> {
  const apps = phone.content.apps().filter(isOfType(asString(options['ApplicationType'])));
  const names = attributeNames(options);
  for (let index = 0; index < apps.length; index += listLength) {
    const list = apps.slice(index, index + listLength).map((app) => describeApp(app, names));
    const extra = phone.moods.unknownKeys ? { UnknownFutureKey: true } : {};
    await link.send({
      ...extra,
      Status: 'BrowsingApplications',
      Total: apps.length,
      CurrentIndex: index,
      CurrentAmount: list.length,
      CurrentList: list,
    });
  }
  await link.send({ Status: 'Complete' });
}

function lookup(phone: Phone, options: PlistDict): PlistDict {
  const wanted = asArray(options['BundleIDs'])?.map((id) => asString(id));
  const apps = phone.content.apps().filter(isOfType(asString(options['ApplicationType'])));
  const found = wanted ? apps.filter(({ bundleId }) => wanted.includes(bundleId)) : apps;
  const names = attributeNames(options);
  return Object.fromEntries(found.map((app) => [app.bundleId, describeApp(app, names)]));
}

function isOfType(type: string | undefined): (app: PhoneApp) => boolean {
  return type === undefined || type === 'Any' ? () => true : (app) => app.type === type;
}

function attributeNames(options: PlistDict): string[] | undefined {
  return asArray(options['ReturnAttributes'])?.flatMap((name) => asString(name) ?? []);
}
