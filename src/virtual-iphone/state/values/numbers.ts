import { macAddress } from '../identity.ts';
import type { SeededRandom } from '../seeded.ts';
import type { FixedNumbers } from './source.ts';

const digits = '0123456789';

export function fixedNumbers(random: SeededRandom): FixedNumbers {
  return {
    imei: withCheckDigit(`35${random.text('imei', digits, 12)}`),
    secondImei: withCheckDigit(`35${random.text('imei', digits, 12)}`),
    iccid: withCheckDigit(`8901${random.text('iccid', digits, 15)}`),
    // 555-0100 to 555-0199 are kept for fiction.
    phoneNumber: `+1 (212) 555-01${random.text('phone-number', digits, 2)}`,
    bluetoothAddress: macAddress(random, 'bluetooth'),
    ethernetAddress: macAddress(random, 'ethernet'),
    pkHash: random.bytes('pk-hash', 32),
    dieId: random.bytes('die-id', 8).readBigUInt64BE() >> 1n,
  };
}

/** Appends the Luhn digit (ISO/IEC 7812). */
function withCheckDigit(number: string): string {
  const sum = Array.from(number).reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${number}${(10 - (sum % 10)) % 10}`;
}
