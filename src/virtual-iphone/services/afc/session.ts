import type { Duplex } from 'node:stream';
import type { Phone } from '../../service.ts';
import { ByteReader } from '../byte-reader.ts';
import { AfcError, afcOperation, afcStatus } from './codes.ts';
import type { FileLocks } from './locks.ts';
import { OpenFile } from './open-file.ts';
import { number64, readRequest, writeReply, type AfcRequest } from './packet.ts';
import type { Volume } from './volume.ts';
import { operations } from './operations.ts';

const maxOpen = 256;

export interface AfcReply {
  readonly operation: number;
  readonly data: Buffer;
}

/** What all connections to one volume share. */
export interface SharedVolume {
  readonly volume: Volume;
  readonly locks: FileLocks;
}

/** One AFC connection: its open files and their locks end with it. */
export class AfcSession {
  readonly phone: Phone;
  readonly volume: Volume;
  readonly locks: FileLocks;
  readonly #files = new Map<number, OpenFile>();
  #lastHandle = 0;

  constructor(phone: Phone, { volume, locks }: SharedVolume) {
    this.phone = phone;
    this.volume = volume;
    this.locks = locks;
  }

  async serve(stream: Duplex): Promise<void> {
    const reader = new ByteReader(stream);
    try {
      for (let request = await readRequest(reader); request; request = await readRequest(reader)) {
        const { operation, data } = this.#answer(request);
        const packet = writeReply(request.number, operation, data);
        await new Promise<void>((resolve) => {
          stream.write(packet, () => resolve());
        });
      }
    } finally {
      for (const handle of this.#files.keys()) this.close(handle);
    }
  }

  open(path: string, mode: number): number {
    if (this.#files.size >= maxOpen) throw new AfcError(afcStatus.noResources);
    this.#files.set(++this.#lastHandle, new OpenFile(this.volume, path, mode));
    return this.#lastHandle;
  }

  file(handle: number): OpenFile {
    const file = this.#files.get(handle);
    if (!file) throw new AfcError(afcStatus.invalidArgument);
    return file;
  }

  close(handle: number): void {
    const file = this.file(handle);
    this.locks.release(file.path, file);
    file.close();
    this.#files.delete(handle);
  }

  #answer(request: AfcRequest): AfcReply {
    const act = operations.get(request.operation);
    try {
      if (!act) throw new AfcError(afcStatus.notSupported);
      return act(this, request) ?? statusReply(afcStatus.ok);
    } catch (error) {
      if (error instanceof AfcError) return statusReply(error.status);
      throw error;
    }
  }
}

/** Always eight bytes of data: hosts take an empty status for an I/O error. */
const statusReply = (status: number): AfcReply => ({ operation: afcOperation.status, data: number64(status) });
