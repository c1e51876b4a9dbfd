import type { KeyObject } from 'node:crypto';
import type { PlistValue } from '../../../plist/index.ts';
import type { AgentMemory } from '../../service.ts';
import type { Moods, PhoneContent, PhoneIdentity } from '../../contract.ts';
import type { CompleteOptions } from '../identity.ts';
import type { Model } from '../models.ts';

/** What lockdown values are made of; read at each question, so that they follow the moods. */
export interface ValueSource {
  readonly identity: PhoneIdentity;
  readonly model: Model;
  readonly options: CompleteOptions;
  readonly moods: Moods;
  readonly content: PhoneContent;
  readonly agentMemory: AgentMemory;
  /** A function, since making the key takes a moment. */
  readonly deviceKey: () => KeyObject;
  readonly numbers: FixedNumbers;
  /** The phone's time; asking does not advance a fixed clock. */
  readonly time: Date;
}

/** Numbers that a phone keeps for life. */
export interface FixedNumbers {
  readonly imei: string;
  readonly secondImei: string;
  readonly iccid: string;
  readonly phoneNumber: string;
  readonly bluetoothAddress: string;
  readonly ethernetAddress: string;
  readonly pkHash: Buffer;
  readonly dieId: bigint;
}

export type DomainValues = Readonly<Record<string, PlistValue | undefined>>;

export function majorOf(source: { readonly options: { readonly ios: string } }): number {
  return Number.parseInt(source.options.ios, 10);
}
