/* What a port, a cable and a device can do together. */

/** Bits a second of the steps of USB: the first, the second, and what comes after it. */
export const usb = { first: 12_000_000, second: 480_000_000, third: 5_000_000_000, fourth: 10_000_000_000 } as const;

/**
 * Devices that do more than USB 2 by cable, with bits a second, as Apple's technical specifications have them: iPhone Pro
 * from the 15 on, iPad Pro with USB-C, iPad Air from the 4th and iPad mini from the 6th generation on. iPhones beside the
 * Pro, iPhone Air and the plain iPad with USB-C stay at 480 Mbit/s.
 */
const fastDevices: readonly { readonly speed: number; readonly types: RegExp }[] = [
  { speed: usb.fourth, types: /^iPhone1[678],[12]$/ },
  { speed: usb.fourth, types: /^iPad8,(?:[1-9]|1[0-2])$/ },
  { speed: usb.third, types: /^iPad1[34],[12]$/ },
  { speed: usb.fourth, types: /^iPad13,(?:[4-9]|1[0167])$/ },
  { speed: usb.fourth, types: /^iPad14,(?:[3-6]|[89]|1[01])$/ },
  { speed: usb.fourth, types: /^iPad15,[3-6]$/ },
  { speed: usb.fourth, types: /^iPad16,(?:[1-6]|[89]|1[01])$/ },
];

/** Bits a second that a device can do more than USB 2; `undefined` for one that cannot, or that is not known to. */
export function fastSpeedOf(productType: string | undefined): number | undefined {
  return productType === undefined ? undefined : fastDevices.find(({ types }) => types.test(productType))?.speed;
}

/** Bytes a second of large files that were measured: 35 to 48 MB/s by USB 2 (ceotech.it, anazhd.com), 149 MB/s by USB 3 to a laptop. */
export const carriedBy = (bits: number): number => (bits > usb.second ? 149_000_000 : 35_000_000);
