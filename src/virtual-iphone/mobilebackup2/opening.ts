import { PlistReal, asArray, asDict, asInteger, asNumber, asString, type PlistDict, type PlistValue } from '../../plist/index.ts';
import { LinkEnded } from './errors.ts';
import type { DeviceLink } from './link/device-link.ts';

/** Versions of the mobilebackup2 protocol that the phone speaks, best last. */
const protocolVersions = [2.0, 2.1];

/** DeviceLink's version exchange and mobilebackup2's Hello. Answers the DeviceLink version that the host named. */
export async function openConversation(link: DeviceLink): Promise<number> {
  const [major, minor] = link.phone.moods.deviceLinkVersion;
  await link.send(['DLMessageVersionExchange', major, minor]);
  const [name, verdict, hostMajor] = await link.receive();
  if (name !== 'DLMessageVersionExchange' || asString(verdict) !== 'DLVersionsOk') throw new LinkEnded('lost');
  await link.send(['DLMessageDeviceReady']);
  const hello = requestOf(await link.receive());
  const version = hello && commonVersion(hello['SupportedProtocolVersions']);
  if (version === undefined) {
    await respond(link, { ErrorCode: 1, ErrorDescription: 'No common supported protocol version' });
    throw new LinkEnded('cut');
  }
  const { integerProtocolVersion } = link.phone.moods;
  await respond(link, { ErrorCode: 0, ProtocolVersion: integerProtocolVersion ? Math.floor(version) : new PlistReal(version) });
  return asInteger(hostMajor) ?? 0;
}

/** The dictionary of a ProcessMessage; `undefined` for any other message. */
export function requestOf([name, dict]: readonly [string, ...PlistValue[]]): PlistDict | undefined {
  return name === 'DLMessageProcessMessage' ? asDict(dict) : undefined;
}

export async function respond(link: DeviceLink, facts: PlistDict): Promise<void> {
  const future: PlistDict = link.phone.moods.unknownKeys ? { KeyOfTheFuture: 1 } : {};
  await link.send(['DLMessageProcessMessage', { MessageName: 'Response', ...facts, ...future }]);
}

function commonVersion(offered: PlistValue | undefined): number | undefined {
  const versions = asArray(offered)?.map(asNumber) ?? [];
  return protocolVersions.findLast((version) => versions.includes(version));
}
