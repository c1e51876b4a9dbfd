import { Filler } from './body.ts';
import { Random } from './random.ts';
import type { ContentOptions } from './spec.ts';
import { databaseFile, planKey, type DatabasePlan } from './sqlite-file.ts';
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

  /** A database file; each plan is built once. */
  database(plan: DatabasePlan): Buffer {
    const key = planKey(plan);
    const known = this.#databases.get(key);
    if (known) return known;
    const made = databaseFile(plan);
    this.#databases.set(key, made);
    if (this.#databases.size > maxDatabases) this.#databases.delete(this.#databases.keys().next().value ?? '');
    return made;
  }
}

/** Enough for two days of a phone's life; the oldest go first. */
const maxDatabases = 64;
