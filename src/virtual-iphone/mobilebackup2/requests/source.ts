import { asDict, asString, type PlistDict } from '../../../plist/index.ts';
import type { HostFolder } from '../link/host-folder.ts';

/** The folder a request is about. */
export const sourceName = ({ link }: HostFolder, request: PlistDict): string => asString(request['SourceIdentifier']) ?? link.phone.identity.udid;

/** Hosts put the password beside the options, within them, or both. */
export const passwordIn = (request: PlistDict): string | undefined =>
  asString(request['Password']) ?? asString(asDict(request['Options'])?.['Password']);
