import {
  PlistError,
  asArray,
  asBigInt,
  asDict,
  asInteger,
  asNumber,
  asString,
  readPlist,
  type PlistDict,
  type PlistValue,
} from '../plist/index.ts';
import { DataError } from '../shared/errors.ts';
import { messageLimits } from './link-limits.ts';

/** Percent, 0 to 100, that the phone will have reached once the operation is done; `undefined` where it tells none. */
type Percent = number | undefined;

/**
 * What a device says between operations, section by section as DeviceLink has it. Paths are untrusted text.
 * The `…Items` and `…Files` spellings (iOS 4 to 6) are one kind each.
 */
export type DeviceMessage =
  | { readonly kind: 'download'; readonly paths: readonly string[]; readonly percent: Percent; readonly bytes: number | undefined }
  | { readonly kind: 'upload'; readonly percent: Percent; readonly bytes: number | undefined }
  | { readonly kind: 'move'; readonly moves: readonly (readonly [from: string, to: string])[]; readonly percent: Percent }
  | { readonly kind: 'remove'; readonly paths: readonly string[]; readonly percent: Percent }
  | { readonly kind: 'copy'; readonly from: string; readonly to: string; readonly percent: Percent }
  | { readonly kind: 'create'; readonly path: string }
  | { readonly kind: 'list'; readonly path: string }
  | { readonly kind: 'free-space' }
  | { readonly kind: 'purge'; readonly bytesWanted: bigint }
  | { readonly kind: 'response'; readonly errorCode: number; readonly text: string | undefined; readonly fields: PlistDict }
  | { readonly kind: 'disconnect' }
  | { readonly kind: 'unknown'; readonly name: string };

export type MessageOf<K extends DeviceMessage['kind']> = Extract<DeviceMessage, { kind: K }>;

type Parts = readonly PlistValue[];

const parsers = new Map<string, (parts: Parts) => DeviceMessage>([
  [
    'DLMessageDownloadFiles',
    (parts) => ({ kind: 'download', paths: paths(parts), percent: percent(parts[3]), bytes: asInteger(parts[4]) }),
  ],
  ['DLMessageUploadFiles', (parts) => ({ kind: 'upload', percent: percent(parts[2]), bytes: asInteger(parts[3]) })],
  ['DLMessageMoveItems', moveMessage],
  ['DLMessageMoveFiles', moveMessage],
  ['DLMessageRemoveItems', removeMessage],
  ['DLMessageRemoveFiles', removeMessage],
  ['DLMessageCopyItem', (parts) => ({ kind: 'copy', from: text(parts, 1), to: text(parts, 2), percent: percent(parts[4]) })],
  ['DLMessageCreateDirectory', (parts) => ({ kind: 'create', path: text(parts, 1) })],
  ['DLContentsOfDirectory', (parts) => ({ kind: 'list', path: text(parts, 1) })],
  ['DLMessageGetFreeDiskSpace', () => ({ kind: 'free-space' })],
  ['DLMessagePurgeDiskSpace', (parts) => ({ kind: 'purge', bytesWanted: asBigInt(parts[1]) ?? malformed(parts) })],
  ['DLMessageProcessMessage', responseMessage],
  ['DLMessageDisconnect', () => ({ kind: 'disconnect' })],
]);

/** The parts of a message from the bytes of its unit. Throws `DataError('data.plist')` or `DataError('data.frame')`. */
export function readParts(bytes: Buffer): PlistValue[] {
  try {
    const parts = asArray(readPlist(bytes, messageLimits));
    if (parts) return parts;
  } catch (error) {
    if (!(error instanceof PlistError)) throw error;
    throw new DataError('data.plist', 'A message of the device is not a property list', { cause: error });
  }
  throw new DataError('data.frame', 'A message of the device is not an array');
}

/** Name of a message, its first item. Throws `DataError('data.frame')` for what is no DeviceLink message. */
export function messageName(parts: Parts): string {
  const name = asString(parts[0]);
  if (name === undefined || !name.startsWith('DL')) throw new DataError('data.frame', 'Not a DeviceLink message');
  return name;
}

/** Throws `DataError('data.frame')` when a message that we know has other parts than it must have. */
export function parseMessage(parts: Parts): DeviceMessage {
  const name = messageName(parts);
  return parsers.get(name)?.(parts) ?? { kind: 'unknown', name };
}

function malformed(parts: Parts): never {
  throw new DataError('data.frame', 'Malformed DeviceLink message', { subject: asString(parts[0]) });
}

function text(parts: Parts, index: number): string {
  return asString(parts[index]) ?? malformed(parts);
}

function paths(parts: Parts): string[] {
  const list = asArray(parts[1]) ?? malformed(parts);
  return list.map((path) => asString(path) ?? malformed(parts));
}

function percent(value: PlistValue | undefined): Percent {
  const number = asNumber(value);
  return number !== undefined && number >= 0 && number <= 100 ? number : undefined;
}

function moveMessage(parts: Parts): DeviceMessage {
  const moves = Object.entries(asDict(parts[1]) ?? malformed(parts));
  return { kind: 'move', moves: moves.map(([from, to]) => [from, asString(to) ?? malformed(parts)]), percent: percent(parts[3]) };
}

function removeMessage(parts: Parts): DeviceMessage {
  return { kind: 'remove', paths: paths(parts), percent: percent(parts[3]) };
}

function responseMessage(parts: Parts): DeviceMessage {
  const fields = asDict(parts[1]) ?? malformed(parts);
  if (asString(fields['MessageName']) !== 'Response') malformed(parts);
  const errorCode = asInteger(fields['ErrorCode']) ?? malformed(parts);
  return { kind: 'response', errorCode, text: asString(fields['ErrorDescription']), fields };
}
