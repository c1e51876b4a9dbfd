import type { Duplex } from 'node:stream';
import { LinkEnded } from '../errors.ts';

const slabSize = 512 << 10;
/** Slabs handed to the socket and not yet sent; one more is being filled. */
const maxInFlight = 2;
/** A host that takes nothing for so long is taken for dead. */
const hostSilence = 600_000;

/**
 * Gathers units into large socket writes: many small files cost one write, not three each.
 *
 * Bytes are copied, so callers may reuse their buffers. When `isFull` is true, await `drain()` before the next unit.
 */
export class UnitWriter {
  readonly #link: Duplex;
  readonly #free: Buffer[] = [];
  #slab: Buffer = Buffer.allocUnsafeSlow(slabSize);
  #used = 0;
  #inFlight = 0;
  #failed: LinkEnded | undefined;
  #wake: (() => void) | undefined;

  constructor(link: Duplex) {
    this.#link = link;
    link.on('close', this.#onClose);
    link.on('error', this.#onClose);
  }

  get isFull(): boolean {
    return this.#inFlight >= maxInFlight || this.#failed !== undefined;
  }

  detach(): void {
    this.#link.off('close', this.#onClose);
    this.#link.off('error', this.#onClose);
  }

  /** The terminator of a transfer is a unit of length 0. */
  terminator(): void {
    this.#length(0);
  }

  bytes(unit: Buffer): void {
    this.#length(unit.length);
    this.raw(unit);
  }

  text(unit: string): void {
    const length = Buffer.byteLength(unit);
    this.#reserve(4 + length);
    if (this.#used + 4 + length > slabSize) {
      this.bytes(Buffer.from(unit));
      return;
    }
    this.#length(length);
    this.#used += this.#slab.write(unit, this.#used, 'utf8');
  }

  /** One code byte and data, as inside a file stream. */
  coded(code: number, data?: Buffer): void {
    this.#length(1 + (data?.length ?? 0));
    this.#reserve(1);
    this.#slab[this.#used++] = code;
    if (data) this.raw(data);
  }

  /** Bytes without a length of their own. */
  raw(bytes: Buffer): void {
    let done = 0;
    while (done < bytes.length) {
      if (this.#used === slabSize) this.#push();
      const count = Math.min(bytes.length - done, slabSize - this.#used);
      bytes.copy(this.#slab, this.#used, done, done + count);
      this.#used += count;
      done += count;
    }
  }

  /** Waits until more may be written. */
  async drain(): Promise<void> {
    while (this.#inFlight >= maxInFlight && !this.#failed) await this.#change();
    this.#check();
  }

  /** Hands everything to the socket and waits until it may take more. */
  async flush(): Promise<void> {
    if (this.#used > 0) this.#push();
    await this.drain();
  }

  /** As `flush`, and waits until the last byte has left. */
  async settle(): Promise<void> {
    if (this.#used > 0) this.#push();
    while (this.#inFlight > 0 && !this.#failed) await this.#change();
    this.#check();
  }

  readonly #onClose = (): void => {
    this.#failed ??= new LinkEnded('lost');
    this.#wake?.();
  };

  #check(): void {
    if (this.#failed) throw this.#failed;
  }

  async #change(): Promise<void> {
    const timer = setTimeout(this.#onClose, hostSilence);
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    clearTimeout(timer);
  }

  #length(value: number): void {
    this.#reserve(4);
    this.#used = this.#slab.writeUInt32BE(value, this.#used);
  }

  #reserve(count: number): void {
    if (this.#used + count > slabSize) this.#push();
  }

  #push(): void {
    const slab = this.#slab;
    const filled = slab.subarray(0, this.#used);
    this.#slab = this.#free.pop() ?? Buffer.allocUnsafeSlow(slabSize);
    this.#used = 0;
    if (this.#failed || this.#link.destroyed || this.#link.writableEnded) return this.#onClose();
    this.#inFlight++;
    this.#link.write(filled, () => {
      this.#inFlight--;
      if (this.#free.length <= maxInFlight) this.#free.push(slab);
      this.#wake?.();
    });
  }
}
