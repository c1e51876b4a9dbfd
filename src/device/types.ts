/** How a phone is reached; USB is preferred where both exist. */
export type ConnectionKind = 'usb' | 'network';

/** One entry of the muxer's list. */
export interface MuxDevice {
  /** The muxer's number for this attachment; changes with each attach. */
  readonly deviceId: number;
  /** With the dash after the 8th character for 24-digit ids. */
  readonly udid: string;
  readonly connection: ConnectionKind;
  /** Bits a second that the port negotiated, USB only. */
  readonly speed: number | undefined;
}

export type TrustState = 'trusted' | 'not-paired' | 'waiting-for-tap' | 'denied' | 'forgotten' | 'locked' | 'unknown';

export type EncryptionState = 'on' | 'off' | 'unknown';

/** What is known of a connected device. Fields that the device did not tell are `undefined`; nothing is guessed. */
export interface DeviceSummary {
  readonly udid: string;
  readonly connections: readonly ConnectionKind[];
  readonly trust: TrustState;
  readonly isVirtual: boolean;
  readonly name: string | undefined;
  /** `iPhone16,1` */
  readonly productType: string | undefined;
  /** `iPhone 15 Pro`; the product type where it is newer than our table. */
  readonly model: string | undefined;
  readonly deviceClass: string | undefined;
  readonly iosVersion: string | undefined;
  readonly buildVersion: string | undefined;
  readonly serialNumber: string | undefined;
  /** Bytes. */
  readonly capacity: number | undefined;
  readonly dataCapacity: number | undefined;
  readonly dataAvailable: number | undefined;
  /** 0 to 100. */
  readonly battery: number | undefined;
  readonly isCharging: boolean | undefined;
  /** Locked at this moment with a passcode. */
  readonly isLocked: boolean | undefined;
  readonly encryption: EncryptionState;
  readonly requiresEncryption: boolean | undefined;
  readonly cloudBackupEnabled: boolean | undefined;
  readonly lastCloudBackup: Date | undefined;
  readonly lastComputerBackup: Date | undefined;
  readonly findMyEnabled: boolean | undefined;
  readonly setupDone: boolean | undefined;
  readonly isSupervised: boolean | undefined;
}
