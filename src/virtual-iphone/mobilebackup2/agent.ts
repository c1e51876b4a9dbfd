import { asString, type PlistDict } from '../../plist/index.ts';
import { runBackup } from './backup/backup.ts';
import { LinkEnded } from './errors.ts';
import type { HostFolder } from './link/host-folder.ts';

/** Handles one request; what it answers goes into the `Response` beside `ErrorCode` 0. */
type Handler = (host: HostFolder, request: PlistDict) => Promise<PlistDict | void>;

const handlers: Readonly<Record<string, Handler>> = {
  Backup: runBackup,
};

/** What the backup agent does with a request. A real agent drops the link at one it does not know. */
export function handleRequest(host: HostFolder, request: PlistDict): Promise<PlistDict | void> {
  const handler = handlers[asString(request['MessageName']) ?? ''];
  if (!handler) throw new LinkEnded('cut');
  return handler(host, request);
}
