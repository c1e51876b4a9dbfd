import type { PlistLimits } from '../plist/index.ts';

/** How long each kind of wait may last, in milliseconds. */
export interface LinkTimings {
  /** Each step of the opening. */
  readonly opening: number;
  /** No byte inside a file, or none taken by the device while we send. */
  readonly stream: number;
  /** No byte between two files of one stream: phones pause for minutes where large folders begin. */
  readonly betweenFiles: number;
  /** Between operations a device may be silent while it is listed; that is looked up this often. */
  readonly listedCheck: number;
  /** But not for ever: after a restore some verify for hours. */
  readonly silence: number;
  /** One wait for the host's disk while a file comes in. */
  readonly disk: number;
  /** From the goodbye to the end of the socket. */
  readonly close: number;
}

export const defaultTimings: LinkTimings = {
  opening: 30_000,
  stream: 120_000,
  betweenFiles: 300_000,
  listedCheck: 30_000,
  silence: 12 * 3_600_000,
  disk: 600_000,
  close: 2_000,
};

/** Wi-Fi entries of a sleeping phone come and go: only this many misses in a row mean that the device is gone. */
export const missesUntilGone = 2;

/** A message as a whole is held in memory; the largest real ones (moves in lots of 128) have about 25 KB. */
export const messageLimits: PlistLimits = { maxBytes: 16 << 20, maxValues: 400_000, maxDepth: 32 };

/** UTF-8 bytes of a name in a file stream; other hosts have the same limit. */
export const maxNameLength = 4096;

/** Bytes of an error text in a file stream. */
export const maxErrorText = 64 << 10;

/** Bytes of one data unit, which is passed on in pieces and never held. Phones send 262,145. */
export const maxUnitLength = (16 << 20) + 1;

/** Data bytes in a frame to the device: Apple's own buffer of 32 KiB less the code. Large frames exhaust the device's agent. */
export const frameData = 32_767;

/** Status.plist has about 190 bytes. */
export const maxStatusLength = 64 << 10;

/** DeviceLink's code before the data of a file; a final code is the negated status. */
export const unitCode = { complete: 0, data: 12 } as const;
