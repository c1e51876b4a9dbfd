import type { WireFault, WirePoint } from '../../contract.ts';
import type { Phone } from '../../service.ts';

/**
 * Finds the fault that is due at a place of one conversation.
 *
 * A point with `file` or `byte` lies inside a file stream, any other at a message. `name` and `message` narrow a point
 * inside a stream to the operations they match. A fault acts once: it is then taken out of the phone's moods.
 */
export class FaultPlan {
  /** Which files and bytes count: what a backup sends, or what the phone fetches in all other conversations. */
  counted: 'uploads' | 'downloads' = 'downloads';
  readonly #phone: Phone;
  readonly #counts = new Map<string, number>();
  #messages = 0;
  #name = '';
  #files = -1;
  #fileBytes = 0;
  #allBytes = 0;

  constructor(phone: Phone) {
    this.#phone = phone;
  }

  /** Whether any fault is set at this moment. */
  get isArmed(): boolean {
    return this.#phone.moods.faults.length > 0;
  }

  /** The phone is about to send the message `name`. */
  message(name: string): WireFault | undefined {
    this.#name = name;
    this.#messages++;
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    return this.#first(({ file, byte, ...at }) => file === undefined && byte === undefined && this.#isHere(at));
  }

  /** Another file begins. */
  file(): WireFault | undefined {
    this.#files++;
    this.#fileBytes = 0;
    return this.#first((at) => at.byte === undefined && at.file === this.#files && this.#isHere(at));
  }

  /** Bytes of a chunk of `length` that may pass before the next fault acts; `undefined` when all may. */
  bytesBefore(length: number): number | undefined {
    let least: number | undefined;
    for (const fault of this.#phone.moods.faults) {
      const left = this.#bytesLeft(fault.at);
      if (left !== undefined && left < length && (least === undefined || left < least)) least = left;
    }
    return least;
  }

  /** `length` bytes of the current file have passed; the fault within or right after them, if any. */
  bytes(length: number): WireFault | undefined {
    const due = this.#first((at) => (this.#bytesLeft(at) ?? Infinity) <= length);
    this.#fileBytes += length;
    this.#allBytes += length;
    return due;
  }

  #bytesLeft({ file, byte, ...at }: WirePoint): number | undefined {
    if (byte === undefined || !this.#isHere(at)) return undefined;
    if (file === undefined) return byte >= this.#allBytes ? byte - this.#allBytes : undefined;
    return file === this.#files && byte >= this.#fileBytes ? byte - this.#fileBytes : undefined;
  }

  #isHere(at: WirePoint): boolean {
    if (at.name === undefined) return at.message === undefined || at.message === this.#messages - 1;
    return at.name === this.#name && (at.message === undefined || at.message === (this.#counts.get(at.name) ?? 0) - 1);
  }

  #first(matches: (at: WirePoint) => boolean): WireFault | undefined {
    const { faults } = this.#phone.moods;
    const due = faults.length === 0 ? undefined : faults.find(({ at }) => matches(at));
    if (due) this.#phone.setMoods({ faults: faults.filter((fault) => fault !== due) });
    return due;
  }
}
