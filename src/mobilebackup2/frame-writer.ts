import type { DeviceLink } from './device-link.ts';
import { frameData, unitCode } from './link-limits.ts';

const headerLength = 5;

/** Data of a file that fills whole frames, in bytes. */
export const readSize = 8 * frameData;

const bufferSize = 8 * (headerLength + frameData);

/**
 * Collects the units of outgoing files into large socket writes. While one buffer is on its way the next is filled; a third
 * waits until the socket has taken the first. Buffers are used again: a manifest of a gigabyte would leave thousands behind.
 */
export class FrameWriter {
  readonly #link: DeviceLink;
  readonly #free: Buffer[] = [];
  #buffer: Buffer = Buffer.allocUnsafe(bufferSize);
  #used = 0;
  #sending: Promise<void> = Promise.resolve();

  constructor(link: DeviceLink) {
    this.#link = link;
  }

  /** A name; the empty one ends the stream. */
  async name(path: string): Promise<void> {
    const bytes = Buffer.from(path);
    await this.#reserve(4 + bytes.length);
    this.#used = this.#buffer.writeUInt32BE(bytes.length, this.#used);
    this.#used += bytes.copy(this.#buffer, this.#used);
  }

  /** File data, cut into frames; copied, so that the caller may use its buffer again. */
  async data(chunk: Buffer): Promise<void> {
    for (let at = 0; at < chunk.length; at += frameData) await this.unit(unitCode.data, chunk.subarray(at, at + frameData));
  }

  async unit(code: number, content: Buffer): Promise<void> {
    await this.#reserve(headerLength + content.length);
    this.#used = this.#buffer.writeUInt32BE(content.length + 1, this.#used);
    this.#used = this.#buffer.writeUInt8(code, this.#used);
    this.#used += content.copy(this.#buffer, this.#used);
  }

  /** Resolves when the socket has taken everything. */
  async flush(): Promise<void> {
    await this.#send();
    await this.#sending;
  }

  async #reserve(length: number): Promise<void> {
    if (this.#used + length > this.#buffer.length) await this.#send();
  }

  async #send(): Promise<void> {
    await this.#sending;
    if (this.#used === 0) return;
    const full = this.#buffer;
    this.#sending = this.#link.output.write(full.subarray(0, this.#used), this.#link.timings.stream, () => this.#free.push(full));
    // Its rejection is thrown by the next wait for it; until then it is not unhandled.
    this.#sending.catch(() => {});
    this.#buffer = this.#free.pop() ?? Buffer.allocUnsafe(bufferSize);
    this.#used = 0;
  }
}
