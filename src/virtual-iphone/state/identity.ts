import { createHash } from 'node:crypto';
import type { PhoneIdentity, PhoneOptions } from '../contract.ts';
import { buildOf, modelOf, type Model } from './models.ts';
import type { SeededRandom } from './seeded.ts';

/** Options with every default filled in, so that the rooms of the phone agree on them. */
export type CompleteOptions = PhoneOptions & {
  readonly name: string;
  readonly ios: string;
  readonly productType: string;
  readonly language: string;
};

export function completeOptions(options: PhoneOptions): CompleteOptions {
  return {
    ...options,
    name: options.name ?? 'Virtual iPhone',
    ios: options.ios ?? '18.5',
    productType: options.productType ?? 'iPhone16,1',
    language: options.language ?? 'en',
  };
}

/** Who the phone is; the same seed and options give the same phone. */
export function createIdentity(options: CompleteOptions, random: SeededRandom): PhoneIdentity {
  const model = modelOf(options.productType);
  const ecid = ecidOf(random);
  return {
    udid: options.udid ?? udidOf(model, ecid, options.seed),
    name: options.name,
    serialNumber: serialOf(model, random),
    productType: model.productType,
    hardwareModel: model.hardwareModel,
    iosVersion: options.ios,
    buildVersion: buildOf(options.ios),
    ecid,
    wifiAddress: macAddress(random, 'wifi'),
    capacity: model.capacity,
  };
}

/** Lower-case hex pairs with colons; locally administered, so that it is nobody's. */
export function macAddress(random: SeededRandom, label: string): string {
  const bytes = random.bytes(`mac-${label}`, 6);
  bytes.writeUInt8((bytes.readUInt8(0) & 0xfc) | 0x02, 0);
  return (bytes.toString('hex').match(/../g) ?? []).join(':');
}

/** 53 bits, as seen on phones: beyond what a plain JavaScript number is safe for. */
function ecidOf(random: SeededRandom): bigint {
  const bits = random.bytes('ecid', 8).readBigUInt64BE() & 0x000f_ffff_ffff_fffen;
  return bits | 0x0010_0000_0000_0000n;
}

function udidOf(model: Model, ecid: bigint, seed: number): string {
  if (model.chip < 0x8020) return createHash('sha1').update(`udid-${seed}-${ecid}`).digest('hex');
  const hex = (value: number | bigint, digits: number): string => value.toString(16).toUpperCase().padStart(digits, '0');
  return `${hex(model.chip, 8)}-${hex(ecid, 16)}`;
}

/** Twelve characters until 2020, ten random ones since; no vowels that look like digits. */
function serialOf(model: Model, random: SeededRandom): string {
  const alphabet = '0123456789CDFGHJKLMNPQRTVWXY';
  return model.chip < 0x8110 ? `F${random.text('serial', alphabet, 11)}` : random.text('serial', alphabet, 10);
}
