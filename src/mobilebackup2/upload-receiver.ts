import { withDeadline } from '../shared/cancel.ts';
import { DataError, HostError } from '../shared/errors.ts';
import type { FolderWriter } from './backup-folder.ts';
import type { LinkInput } from './link-input.ts';
import { maxErrorText, maxNameLength, maxUnitLength, unitCode } from './link-limits.ts';
import type { Context } from './context.ts';
import type { Answer } from './status.ts';
import { openWriter } from './status-writer.ts';

/** `dry`: more bytes are needed; `done`: the stream has ended; a promise: the disk is busy; `undefined`: go on. */
type Wait = 'dry' | 'done' | Promise<void> | undefined;

/**
 * Receives the files of one UploadFiles batch: per file two names, data units, a final unit; an empty name ends the stream.
 *
 * Parses synchronously whatever is buffered and hands slices of it to the folder. After a failure of the folder
 * the rest of the batch is read but not written, so that the channel stays in step for the answer.
 */
export class UploadReceiver {
  readonly #context: Context;
  readonly #input: LinkInput;
  #step: 'device-path' | 'host-path' | 'unit' | 'code' | 'data' | 'end' = 'device-path';
  /** Bytes still to come of the unit begun; -1 before its length. */
  #length = -1;
  #code = 0;
  #devicePath = '';
  #hostPath = '';
  #writer: FolderWriter | undefined;
  #failure: Answer | undefined;
  #disk: Promise<void> = Promise.resolve();

  constructor(context: Context) {
    this.#context = context;
    this.#input = context.link.input;
  }

  /** Resolves with the failure to answer, `undefined` when all went well. Rejects when the link or the framing breaks. */
  async receive(): Promise<Answer | undefined> {
    const { link } = this.#context;
    try {
      while ((this.#advance() ?? (await link.streamUntil(() => this.#advance(), () => this.#patience()))) !== 'done') await this.#settle(this.#disk);
      return this.#failure;
    } finally {
      this.#writer?.discard();
    }
  }

  #patience(): number {
    const { betweenFiles, stream } = this.#context.link.timings;
    return this.#step === 'device-path' ? betweenFiles : stream;
  }

  /** Parses what is there; `undefined` when it runs dry, `busy` when `#disk` has to be waited for. */
  #advance(): 'done' | 'busy' | undefined {
    this.#context.link.throwIfCancelled();
    for (;;) {
      const wait = this.#next();
      if (wait === 'dry') return undefined;
      if (wait === 'done') return wait;
      if (wait === undefined) continue;
      this.#disk = wait;
      return 'busy';
    }
  }

  #next(): Wait {
    switch (this.#step) {
      case 'device-path':
        return this.#readDevicePath();
      case 'host-path':
        return this.#readHostPath();
      case 'unit':
        return this.#readUnit();
      case 'code':
        return this.#readCode();
      case 'data':
        return this.#readData();
      case 'end':
      default:
        return this.#readEnd();
    }
  }

  #readDevicePath(): Wait {
    const name = this.#readName();
    if (name === undefined) return 'dry';
    if (name === '') return 'done';
    this.#devicePath = name;
    this.#step = 'host-path';
    return undefined;
  }

  #readHostPath(): Wait {
    const name = this.#readName();
    if (name === undefined) return 'dry';
    if (name === '') throw new DataError('data.frame', 'A file without a name');
    this.#hostPath = name;
    this.#step = 'unit';
    this.#context.record.startFile(name, this.#devicePath);
    if (this.#failure) return undefined;
    return this.#guard(() => {
      this.#writer = openWriter(this.#context, name);
    });
  }

  #readUnit(): Wait {
    const length = this.#input.readUint32();
    if (length === undefined) return 'dry';
    if (length === 0 || length > maxUnitLength) throw new DataError('data.frame', `A unit of a file cannot have ${length} bytes`);
    this.#length = length - 1;
    this.#step = 'code';
    return undefined;
  }

  #readCode(): Wait {
    const code = this.#input.readByte();
    if (code === undefined) return 'dry';
    this.#code = code;
    this.#step = code === unitCode.data ? 'data' : 'end';
    if (this.#step === 'end' && this.#length > maxErrorText) throw new DataError('data.frame', 'An error text is too long');
    return undefined;
  }

  #readData(): Wait {
    const data = this.#input.takeSome(this.#length);
    if (data.length === 0 && this.#length > 0) return 'dry';
    this.#length -= data.length;
    if (this.#length === 0) this.#step = 'unit';
    this.#context.record.passed(data.length);
    const writer = this.#writer;
    return writer && data.length > 0 ? this.#guard(() => writer.write(data)) : undefined;
  }

  #readEnd(): Wait {
    const text = this.#input.take(this.#length);
    if (text === undefined) return 'dry';
    this.#length = -1;
    this.#step = 'device-path';
    const writer = this.#writer;
    this.#writer = undefined;
    if (this.#code !== unitCode.complete) {
      writer?.discard();
      this.#context.record.fileFailed(this.#hostPath, this.#devicePath, text.toString('utf8'));
      return undefined;
    }
    this.#context.record.files++;
    return writer && this.#guard(() => writer.finish());
  }

  /** A name as a whole; `undefined` while it is not there. */
  #readName(): string | undefined {
    if (this.#length < 0) {
      const length = this.#input.readUint32();
      if (length === undefined) return undefined;
      if (length > maxNameLength) throw new DataError('data.frame', `A name of ${length} bytes`);
      this.#length = length;
    }
    const name = this.#input.take(this.#length);
    if (name === undefined) return undefined;
    this.#length = -1;
    return name.toString('utf8');
  }

  /** Calls the folder; its failure is kept for the answer. */
  #guard(work: () => Promise<void> | undefined | void): Promise<void> | undefined {
    try {
      return work() ?? undefined;
    } catch (error) {
      this.#fail(error);
      return undefined;
    }
  }

  async #settle(work: Promise<void>): Promise<void> {
    const { timings, signal } = this.#context.link;
    const tooSlow = (): Error => new HostError('host.io', 'The disk did not answer', { subject: this.#hostPath });
    try {
      await withDeadline(work, timings.disk, tooSlow, signal);
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    const answer = this.#context.record.failure(error, this.#hostPath);
    this.#failure ??= answer;
    this.#writer?.discard();
    this.#writer = undefined;
  }
}
