import { Filler } from './body.ts';
import { Random } from './random.ts';
import type { ContentOptions } from './spec.ts';
import { databaseFile, type DatabasePlan } from './sqlite-file.ts';
import { phrasesFor, type Phrases } from './texts/phrases.ts';

/** Seconds between the Unix and the Cocoa epoch (2001-01-01). */
const cocoaEpoch = 978_307_200;
export const secondsPerDay = 86_400;

export const cocoaSeconds = (unixSeconds: number): number => unixSeconds - cocoaEpoch;
export const cocoaNanoseconds = (unixSeconds: number): bigint => BigInt(unixSeconds - cocoaEpoch) * 1_000_000_000n;

/** What generators share: who the phone is, its language, random streams and databases made so far. */
export class World {
  readonly seed: number;
  /** `17.5.1` and its parts. */
  readonly ios: string;
  readonly iosMajor: number;
  readonly productType: string;
  readonly phrases: Phrases;
  /** Unix seconds of the phone's day 0. */
  readonly start: number;
  readonly filler: Filler;
  readonly #databases = new Map<string, Buffer>();
  readonly #chronicles = new Map<string, { next: number; readonly events: unknown[] }>();

  constructor(options: ContentOptions) {
    this.seed = options.seed;
    this.ios = options.ios;
    this.iosMajor = Number.parseInt(options.ios, 10);
    if (!(this.iosMajor >= 10)) throw new RangeError(`Content can be made for iOS 10 and later, not "${options.ios}"`);
    this.productType = options.productType;
    this.phrases = phrasesFor(options.language);
    this.start = Math.floor(options.clock.getTime() / 1000);
    this.filler = new Filler(options.seed);
  }

  /** A random stream of its own for each purpose, so that one generator's growth does not disturb another. */
  random(label: string): Random {
    return new Random(this.seed, label);
  }

  /** Unix seconds of a time on a day counted from the phone's day 0; negative days are the past. */
  at(day: number, secondOfDay = 0): number {
    return this.start + day * secondsPerDay + secondOfDay;
  }

  /** A database file; it is built once for each key. */
  database(key: string, makePlan: () => DatabasePlan): Buffer {
    const file = this.#databases.get(key) ?? databaseFile(makePlan());
    this.#databases.delete(key);
    this.#databases.set(key, file);
    let bytes = [...this.#databases.values()].reduce((sum, each) => sum + each.length, 0);
    for (const [oldest, { length }] of this.#databases) {
      if (bytes <= maxDatabaseBytes || oldest === key) break;
      this.#databases.delete(oldest);
      bytes -= length;
    }
    return file;
  }

  /**
   * What happened up to day `today`, oldest first. Each day is told once: `tell` appends its events to those before,
   * so that the past never changes. The same list comes back each time and grows.
   */
  events<T>(label: string, firstDay: number, today: number, tell: (day: number, before: T[]) => void): readonly T[] {
    const chronicle = (this.#chronicles.get(label) ?? { next: firstDay, events: [] }) as { next: number; readonly events: T[] };
    this.#chronicles.set(label, chronicle);
    for (; chronicle.next <= today; chronicle.next++) tell(chronicle.next, chronicle.events);
    return chronicle.events;
  }
}

/** Enough for the databases of a day and of the day before. */
const maxDatabaseBytes = 8 << 20;
