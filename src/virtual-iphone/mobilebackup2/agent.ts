import { channel } from 'node:diagnostics_channel';
import { asString, type PlistDict } from '../../plist/index.ts';
import type { Phone } from '../service.ts';
import type { Answer } from './answer.ts';
import { runBackup } from './backup/backup.ts';
import { AgentError, LinkEnded } from './errors.ts';
import type { HostFolder } from './link/host-folder.ts';
import { changePassword } from './requests/change-password.ts';
import { enableCloudBackup } from './requests/cloud.ts';
import { describeBackup } from './requests/info.ts';
import { listBackup } from './requests/list.ts';
import { refuseErase, refuseRemove } from './requests/refusals.ts';
import { unpackBackup } from './requests/unback.ts';
import { runRestore } from './restore/restore.ts';

type Handler = (host: HostFolder, request: PlistDict) => Promise<Answer | void> | Answer | void;

const handlers: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['Backup', runBackup],
  ['Restore', runRestore],
  ['ChangePassword', changePassword],
  ['EnableCloudBackup', enableCloudBackup],
  ['Info', describeBackup],
  ['List', listBackup],
  ['Unback', unpackBackup],
  ['EraseDevice', refuseErase],
  ['Remove', refuseRemove],
]);

/** MBErrorDomain's "busy". */
const busy = 14;
const busyPhones = new WeakSet<Phone>();

/** For whoever measures: `{ request, ms }` after each request, from its arrival to the verdict, by the phone's clock. */
const served = channel('virtual-iphone.request-served');

/** What the backup agent does with a request, one at a time on a phone. A real agent drops the link at one it does not know. */
export async function handleRequest(host: HostFolder, request: PlistDict): Promise<Answer> {
  const handler = handlers.get(asString(request['MessageName']) ?? '');
  if (!handler) throw new LinkEnded('cut');
  const { phone } = host.link;
  if (busyPhones.has(phone)) throw new AgentError(busy, 'Another backup or restore is in progress');
  busyPhones.add(phone);
  const start = performance.now();
  try {
    return (await handler(host, request)) ?? {};
  } finally {
    busyPhones.delete(phone);
    served.publish({ request: asString(request['MessageName']), ms: performance.now() - start });
  }
}
