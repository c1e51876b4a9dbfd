import { asBoolean, asDict, emptyDict, type PlistDict, type PlistValue } from '../../plist/index.ts';
import { DeviceError } from '../../shared/errors.ts';
import { trustOf } from '../pairing/trust.ts';
import type { ConnectionKind, DeviceSummary, EncryptionState, TrustState } from '../types.ts';
import { dateOf, percentOf, sizeOf, textOf } from './border.ts';
import { modelNames } from './model-names.ts';

/** Root key by which a virtual iPhone says that it is one; no real phone has it. */
export const virtualMarker = 'IsVirtualDevice';

/** One question: a domain (none is the root), and a key or the whole domain. */
export type Ask = (domain?: string, key?: string) => Promise<PlistValue | undefined>;

/** What phones answer, by domain; `undefined` where a phone refuses. */
export interface DeviceValues {
  readonly root: PlistDict;
  readonly backup: PlistDict | undefined;
  readonly disk: PlistDict;
  readonly battery: PlistDict;
  readonly findMy: PlistValue | undefined;
  readonly setupDone: PlistValue | undefined;
  readonly supervised: PlistValue | undefined;
}

/** Reads what a summary needs from inside a session. Refused questions are left out; a lost connection is thrown. */
export async function readDeviceValues(ask: Ask): Promise<DeviceValues> {
  const root = asDict(await refusable(ask())) ?? emptyDict();
  return {
    root,
    backup: await readBackupDomain(ask),
    disk: await readDisk(ask),
    battery: asDict(await refusable(ask('com.apple.mobile.battery'))) ?? emptyDict(),
    // Asked as a whole, this domain answers nothing.
    findMy: await refusable(ask('com.apple.fmip', 'IsAssociated')),
    setupDone: (await refusable(ask('com.apple.purplebuddy', 'SetupDone'))) ?? (await refusable(ask('com.apple.PurpleBuddy', 'SetupDone'))),
    supervised: await refusable(ask('com.apple.mobile.chaperone', 'DeviceIsChaperoned')),
  };
}

/** Reads again what changes without anybody doing something: lock, battery, encryption. */
export async function readChangingValues(ask: Ask, last: DeviceValues): Promise<DeviceValues> {
  const isLocked = await refusable(ask(undefined, 'PasswordProtected'));
  const battery = asDict(await refusable(ask('com.apple.mobile.battery'))) ?? last.battery;
  const backup = await readBackupDomain(ask);
  return { ...last, root: withValue(last.root, 'PasswordProtected', isLocked), battery, backup };
}

/** What a phone that does not trust us tells everybody. */
export async function readPublicValues(ask: Ask): Promise<DeviceValues> {
  return { ...emptyValues(), root: asDict(await refusable(ask())) ?? emptyDict() };
}

export function emptyValues(): DeviceValues {
  const none = { findMy: undefined, setupDone: undefined, supervised: undefined };
  return { root: emptyDict(), backup: undefined, disk: emptyDict(), battery: emptyDict(), ...none };
}

function withValue(dict: PlistDict, key: string, value: PlistValue | undefined): PlistDict {
  const changed = Object.assign(emptyDict(), dict);
  if (value === undefined) delete changed[key];
  else changed[key] = value;
  return changed;
}

/** An empty dictionary when the phone allows the question and has nothing to say; `undefined` when it refuses. */
async function readBackupDomain(ask: Ask): Promise<PlistDict | undefined> {
  try {
    const domain = asDict(await ask('com.apple.mobile.backup'));
    if (domain) return domain;
    const willEncrypt = await ask('com.apple.mobile.backup', 'WillEncrypt');
    return Object.assign(emptyDict(), willEncrypt === undefined ? {} : { WillEncrypt: willEncrypt });
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

/** The factory domain has the same figures and is cheap to read; the other one counts afresh. */
async function readDisk(ask: Ask): Promise<PlistDict> {
  const cheap = asDict(await refusable(ask('com.apple.disk_usage.factory')));
  if (cheap?.['TotalDataCapacity'] !== undefined && cheap['AmountDataAvailable'] !== undefined) return cheap;
  return asDict(await refusable(ask('com.apple.disk_usage'))) ?? cheap ?? emptyDict();
}

async function refusable<T>(question: Promise<T>): Promise<T | undefined> {
  try {
    return await question;
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

/** The phone does not answer this question; an end of trust concerns all of them. */
const isRefusal = (error: unknown): boolean => error instanceof DeviceError && trustOf(error) === 'unknown';

export interface SummaryFrame {
  readonly udid: string;
  readonly connections: readonly ConnectionKind[];
  readonly trust: TrustState;
}

/** Makes the summary; every value that is absent, of another type or absurd becomes `undefined`. */
export function summarize(frame: SummaryFrame, values: DeviceValues): DeviceSummary {
  const { root, backup, disk, battery } = values;
  const productType = textOf(root['ProductType']);
  return {
    ...frame,
    isVirtual: root[virtualMarker] === true,
    name: textOf(root['DeviceName']),
    productType,
    model: productType === undefined ? undefined : (modelNames.get(productType) ?? productType),
    deviceClass: textOf(root['DeviceClass']),
    iosVersion: textOf(root['ProductVersion']),
    buildVersion: textOf(root['BuildVersion']),
    serialNumber: textOf(root['SerialNumber']),
    capacity: sizeOf(disk['TotalDiskCapacity']),
    dataCapacity: sizeOf(disk['TotalDataCapacity']),
    // Phones with purgeable data also know a larger figure; this is what is free at once.
    dataAvailable: sizeOf(disk['AmountDataAvailable']) ?? sizeOf(disk['TotalDataAvailable']),
    battery: percentOf(battery['BatteryCurrentCapacity']),
    isCharging: asBoolean(battery['BatteryIsCharging']),
    isLocked: asBoolean(root['PasswordProtected']),
    encryption: encryptionOf(backup),
    requiresEncryption: asBoolean(backup?.['RequiresEncryption']),
    cloudBackupEnabled: asBoolean(backup?.['CloudBackupEnabled']),
    lastCloudBackup: dateOf(backup?.['LastCloudBackupDate']),
    lastComputerBackup: dateOf(backup?.['LastiTunesBackupDate']),
    findMyEnabled: asBoolean(values.findMy),
    setupDone: asBoolean(values.setupDone),
    isSupervised: asBoolean(values.supervised),
  };
}

/** The key is absent on phones whose encryption was never set. */
function encryptionOf(backup: PlistDict | undefined): EncryptionState {
  if (!backup) return 'unknown';
  return asBoolean(backup['WillEncrypt']) === true ? 'on' : 'off';
}
