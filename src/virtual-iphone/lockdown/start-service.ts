import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { asData, asString, type PlistDict } from '../../plist/index.ts';
import type { Service } from '../service.ts';
import type { Handset } from '../state/handset.ts';
import { actOut, takeFault } from '../state/faults.ts';
import { serveTls } from '../tls/server.ts';
import { whileConnected } from './connection.ts';
import { LockdownError } from './errors.ts';
import type { Pairing } from './pairings.ts';

/** Services spoke plain text inside the cable up to iOS 11 and TLS since; logs of 8 to 11 and of 12.5.7 show it. */
const firstTlsRelease = 12;

/** StartService: opens a port for one connection. */
export async function startService(phone: Handset, request: PlistDict, pairing: Pairing): Promise<PlistDict> {
  const name = asString(request['Service']);
  if (!name) throw new LockdownError('MissingService');
  const service = phone.service(name);
  if (!service) throw new LockdownError('InvalidService', { Service: name });
  if (service.needsEscrowBag) requireEscrowBag(request, pairing, name);
  const encrypted = Number.parseInt(phone.identity.iosVersion, 10) >= firstTlsRelease;
  const port = await phone.openPort((link, socket) => {
    const plain = { phone, service, link, socket };
    void connect(plain, encrypted ? pairing : undefined);
  });
  return { Service: name, Port: port, ...(encrypted ? { EnableServiceSSL: true } : {}) };
}

function requireEscrowBag(request: PlistDict, pairing: Pairing, name: string): void {
  const bag = asData(request['EscrowBag']);
  if (!bag) throw new LockdownError('MissingValue', { Service: name });
  if (!bag.equals(pairing.escrowBag)) throw new LockdownError('EscrowLocked', { Service: name });
}

interface PlainConnection {
  readonly phone: Handset;
  readonly service: Service;
  readonly link: Duplex;
  readonly socket: Socket;
}

async function connect({ phone, service, link, socket }: PlainConnection, pairing: Pairing | undefined): Promise<void> {
  await whileConnected(phone, link, async (signal) => {
    const { deviceKey, allowTls13 } = phone;
    const secure = pairing ? await serveTls(link, socket, { pairing, key: deviceKey, allowTls13 }) : link;
    if ((await actOut(takeFault(phone, service.name), secure, signal)) === undefined) await service.serve(secure, phone, signal);
    return secure;
  });
}
