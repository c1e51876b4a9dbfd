import { asDict, asInteger, asString, type PlistValue } from '../../plist/index.ts';
import { udidPattern } from '../../format/names.ts';
import type { ConnectionKind, MuxDevice } from '../types.ts';

/** One phone with all its attachments, USB first. */
export interface AttachedDevice {
  readonly udid: string;
  readonly connections: readonly ConnectionKind[];
  readonly entries: readonly MuxDevice[];
}

const kinds: ReadonlyMap<string, ConnectionKind> = new Map([
  ['USB', 'usb'],
  ['Network', 'network'],
]);

/** Reads one `{DeviceID, Properties}`; `undefined` for one that no connection could use. */
export function parseMuxEntry(value: PlistValue): MuxDevice | undefined {
  const entry = asDict(value);
  const properties = asDict(entry?.['Properties']);
  const deviceId = asInteger(entry?.['DeviceID']) ?? asInteger(properties?.['DeviceID']);
  const udid = withDash(asString(properties?.['SerialNumber']) ?? '');
  const connection = kinds.get(asString(properties?.['ConnectionType']) ?? '');
  if (deviceId === undefined || deviceId <= 0 || connection === undefined || !udidPattern.test(udid)) return undefined;
  return { deviceId, udid, connection, speed: connection === 'usb' ? positive(asInteger(properties?.['ConnectionSpeed'])) : undefined };
}

const positive = (value: number | undefined): number | undefined => (value !== undefined && value > 0 ? value : undefined);

/** Muxers list the ids of A12 and newer without the dash that all else writes after the 8th character. */
function withDash(serial: string): string {
  return serial.length === 24 ? `${serial.slice(0, 8)}-${serial.slice(8)}` : serial;
}

/** Merges the attachments of each phone, USB first; phones in the order of their first entry. */
export function mergeEntries(entries: Iterable<MuxDevice>): AttachedDevice[] {
  const byUdid = new Map<string, MuxDevice[]>();
  for (const entry of entries) {
    const known = byUdid.get(entry.udid);
    if (known) known.push(entry);
    else byUdid.set(entry.udid, [entry]);
  }
  return [...byUdid].map(([udid, list]) => {
    const sorted = list.toSorted((a, b) => rank(a) - rank(b));
    return { udid, connections: [...new Set(sorted.map((entry) => entry.connection))], entries: sorted };
  });
}

const rank = (entry: MuxDevice): number => (entry.connection === 'usb' ? 0 : 1);
