import type { Duplex } from 'node:stream';
import type { PlistValue } from '../plist/index.ts';
import type { Moods, PhoneContent, PhoneIdentity, PhoneOptions } from './contract.ts';

/** The phone as its services see it. One object lives as long as the virtual phone, over all connections and restarts. */
export interface Phone {
  readonly identity: PhoneIdentity;
  readonly options: PhoneOptions;
  /** Current moods; replaced as a whole by `setMoods`, so read them at the time of use. */
  readonly moods: Moods;
  setMoods(change: Partial<Moods>): void;
  /** The phone's clock: real time, or from `options.clock` on, one second later at each reading. */
  now(): Date;
  /** The same without going on: what a host asks for must not change what the phone writes. */
  peekTime(): Date;
  /** Deterministic bytes for a purpose; the n-th call with one label gives the n-th block of its stream. */
  randomBytes(label: string, length: number): Buffer;
  /** A random UUID, upper case, from `randomBytes`. */
  randomUuid(label: string): string;
  /** What is on the phone; a restore replaces it. */
  content: PhoneContent;
  /** Lockdown values; domain `''` is the root. */
  value(domain: string, key: string): PlistValue | undefined;
  setValue(domain: string, key: string, value: PlistValue | undefined): void;
  /**
   * Small writable files under `/var/mobile/Media` that hosts leave over AFC (lock file, RestoreApplications.plist),
   * by path without a leading slash, e.g. `iTunesRestore/RestoreApplications.plist`.
   */
  readonly mediaFiles: Map<string, Buffer>;
  /** Relays a notification to every observer. */
  notify(name: string): void;
  /** Hears every notification until the returned function is called. */
  observe(listener: (name: string) => void): () => void;
  /** Shows the passcode prompt as `moods.passcode` says; resolves true when it was entered, false when refused or timed out. */
  askPasscode(signal: AbortSignal): Promise<boolean>;
  /**
   * Detaches `delay` ms from now (at once when absent), and attaches again with a new device id after `absence` ms; open
   * connections end, leftovers of killed runs are forgotten.
   */
  restart(absence: number, delay?: number): void;
  /** Detaches for good. */
  powerOff(): void;
  /** Kept over restarts: the backup password and what the backup agent remembers of its last run. */
  readonly agentMemory: AgentMemory;
}

export interface AgentMemory {
  /** Set while local backups are encrypted. */
  backupPassword: string | undefined;
  /** Free for the backup agent: its snapshot database of an interrupted run, the keybag in use. Keys that begin with `until-restart.` are forgotten at a restart. */
  readonly notes: Map<string, unknown>;
}

/** One service of the phone. `serve` owns the connection until it resolves; the caller then ends it with close_notify. */
export interface Service {
  /** For example `com.apple.mobilebackup2`. */
  readonly name: string;
  /** Real phones demand the pair record's escrow bag for mobilebackup2. */
  readonly needsEscrowBag: boolean;
  serve(link: Duplex, phone: Phone, signal: AbortSignal): Promise<void>;
}
