import { asData, asDict, asString, emptyDict, readPlist, writeBinaryPlist, type PlistDict } from '../../plist/index.ts';
import { DataError } from '../../shared/errors.ts';

/** What this computer keeps of a pairing: as good as a key to the phone. Never logged, never copied. Certificates and keys are PEM. */
export interface PairRecord {
  readonly hostId: string;
  readonly systemBuid: string;
  readonly deviceCertificate: Buffer;
  readonly hostCertificate: Buffer;
  readonly hostPrivateKey: Buffer;
  readonly rootCertificate: Buffer;
  readonly rootPrivateKey: Buffer | undefined;
  /** Lets services work while the phone is locked. */
  readonly escrowBag: Buffer | undefined;
  readonly wifiMacAddress: string | undefined;
}

/** Reads a saved pair record, binary or XML. Throws `data.damaged` when a field that a session needs is missing. */
export function parsePairRecord(bytes: Buffer): PairRecord {
  const dict = readDict(bytes);
  const data = (key: string): Buffer => asData(dict[key]) ?? missing(key);
  return {
    hostId: asString(dict['HostID']) ?? missing('HostID'),
    systemBuid: asString(dict['SystemBUID']) ?? missing('SystemBUID'),
    deviceCertificate: data('DeviceCertificate'),
    hostCertificate: data('HostCertificate'),
    hostPrivateKey: data('HostPrivateKey'),
    rootCertificate: data('RootCertificate'),
    rootPrivateKey: asData(dict['RootPrivateKey']),
    escrowBag: asData(dict['EscrowBag']),
    wifiMacAddress: asString(dict['WiFiMACAddress']),
  };
}

/** The record as muxers keep it: a binary property list, private keys included. */
export function writePairRecord(record: PairRecord): Buffer {
  const dict = pairRequestRecord(record);
  dict['HostPrivateKey'] = record.hostPrivateKey;
  if (record.rootPrivateKey) dict['RootPrivateKey'] = record.rootPrivateKey;
  if (record.escrowBag) dict['EscrowBag'] = record.escrowBag;
  if (record.wifiMacAddress !== undefined) dict['WiFiMACAddress'] = record.wifiMacAddress;
  return writeBinaryPlist(dict);
}

/** The part that the phone gets to see in a Pair request: no private key. */
export function pairRequestRecord(record: PairRecord): PlistDict {
  return Object.assign(emptyDict(), {
    DeviceCertificate: record.deviceCertificate,
    HostCertificate: record.hostCertificate,
    HostID: record.hostId,
    RootCertificate: record.rootCertificate,
    SystemBUID: record.systemBuid,
  });
}

function readDict(bytes: Buffer): PlistDict {
  try {
    return asDict(readPlist(bytes, { maxBytes: 1 << 20, maxValues: 1_000, maxDepth: 8 })) ?? missing('dictionary');
  } catch (error) {
    throw error instanceof DataError ? error : new DataError('data.damaged', 'The pair record is not a property list', { cause: error });
  }
}

function missing(key: string): never {
  throw new DataError('data.damaged', `The pair record has no ${key}`, { subject: 'pair record' });
}
