import type { Duplex } from 'node:stream';
import { PlistReal, asDict, asInteger, asString, type PlistValue } from '../plist/index.ts';
import { ConnectionError, DataError, DeviceError } from '../shared/errors.ts';
import { DeviceLink, type LinkOptions } from './device-link.ts';
import { messageName, parseMessage } from './messages.ts';

/** Newest DeviceLink version that is known: iOS 14 and later say 400.0, older ones 300.0. */
const knownMajor = 400;
const protocolVersions = [2.0, 2.1];

/**
 * Opens a DeviceLink channel to mobilebackup2 over a connected socket: version exchange, device ready, Hello.
 *
 * Rejects with `DeviceError('service.version')` for a version that we do not know, `ConnectionError('link.silent')`
 * when a step takes longer than `timings.opening`; the socket is closed then.
 */
export async function openLink(socket: Duplex, options: LinkOptions): Promise<DeviceLink> {
  const link = new DeviceLink(socket, options);
  try {
    await exchangeVersions(link);
    await sayHello(link);
    return link;
  } catch (error) {
    await link.close();
    throw error;
  }
}

async function exchangeVersions(link: DeviceLink): Promise<void> {
  const [, major, minor] = await expect(link, 'DLMessageVersionExchange');
  const [deviceMajor, deviceMinor] = [asInteger(major), asInteger(minor)];
  if (deviceMajor === undefined || deviceMinor === undefined) throw new DataError('data.frame', 'Version exchange without numbers');
  const isKnown = deviceMajor > 0 && (deviceMajor < knownMajor || (deviceMajor === knownMajor && deviceMinor <= 0));
  if (!isKnown) throw new DeviceError('service.version', 'Unknown DeviceLink version', { subject: `${deviceMajor}.${deviceMinor}` });
  await sayTo(link, ['DLMessageVersionExchange', 'DLVersionsOk', deviceMajor]);
  await expect(link, 'DLMessageDeviceReady');
}

async function sayHello(link: DeviceLink): Promise<void> {
  const versions = protocolVersions.map((version) => new PlistReal(version));
  await sayTo(link, ['DLMessageProcessMessage', { MessageName: 'Hello', SupportedProtocolVersions: versions }]);
  const answer = parseMessage(await link.receive(link.timings.opening));
  if (answer.kind === 'disconnect') throw goodbye();
  if (answer.kind !== 'response') throw new DataError('data.frame', 'Hello was not answered with a Response');
  if (answer.errorCode !== 0) throw DeviceError.mobileBackup(answer.errorCode, answer.text);
  const chosen = asDict(answer.fields)?.['ProtocolVersion'];
  const isKnown = chosen instanceof PlistReal && protocolVersions.includes(chosen.value);
  if (!isKnown) throw new DeviceError('service.version', 'The device chose a protocol version that was not offered');
}

/** A device that refuses closes at once, perhaps while we still speak: what it said is read first, and the failure after it. */
async function sayTo(link: DeviceLink, message: PlistValue[]): Promise<void> {
  await link.send(message).catch(() => undefined);
}

async function expect(link: DeviceLink, name: string): Promise<PlistValue[]> {
  const parts = await link.receive(link.timings.opening);
  const actual = messageName(parts);
  if (actual === name) return parts;
  if (actual === 'DLMessageProcessMessage') throw refusal(parts);
  if (actual === 'DLMessageDisconnect') throw goodbye();
  throw new DataError('data.frame', `Expected ${name}`, { subject: actual });
}

const goodbye = (): ConnectionError => new ConnectionError('link.lost', 'The device said goodbye during the opening');

/** A device that ends before the opening is done says so with a Response. */
function refusal(parts: PlistValue[]): Error {
  const fields = asDict(parts[1]);
  const code = asInteger(fields?.['ErrorCode']);
  if (code === undefined || code === 0) return new DataError('data.frame', 'Unexpected Response during the opening');
  return DeviceError.mobileBackup(code, asString(fields?.['ErrorDescription']));
}
