import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WireFault } from '../../contract.ts';
import type { Phone } from '../../service.ts';
import { mbError } from '../../../format/mb-errors.ts';
import { asArray, asBigInt, asString, readPlist, writeBinaryPlist, type PlistValue } from '../../../plist/index.ts';
import { AgentError, LinkEnded } from '../errors.ts';
import { FaultPlan } from './fault-plan.ts';
import { Hostility } from './hostility.ts';
import { UnitReader } from './unit-reader.ts';
import { UnitWriter } from './unit-writer.ts';

export type Message = [name: string, ...parts: PlistValue[]];

export interface StatusReply {
  /** 0, or a negative code of `linkStatus`. */
  readonly code: number;
  readonly text: string | undefined;
  readonly extra: PlistValue | undefined;
}

/** The agent holds a whole unit in memory; a host that sent 128 MiB units got it killed (iOS 26, public report). */
const maxUnit = 64 << 20;
/** A host may sync a large folder before it answers; after this it is taken for dead. */
const hostSilence = 600_000;
/** How long the phone leaves a host to disconnect by itself after a cancel on the phone. */
const cancelGrace = 2_000;

/** One DeviceLink conversation: messages one at a time, faults of the phone's mood between and inside them. */
export class DeviceLink {
  readonly reader: UnitReader;
  readonly writer: UnitWriter;
  readonly faults: FaultPlan;
  readonly phone: Phone;
  readonly #hostility = new Hostility(this);
  #pending: AgentError | undefined;
  #isCancelled = false;

  constructor(link: Duplex, phone: Phone) {
    this.phone = phone;
    this.reader = new UnitReader(link);
    this.writer = new UnitWriter(link);
    this.faults = new FaultPlan(phone);
  }

  detach(): void {
    this.reader.detach();
    this.writer.detach();
  }

  /** Sends one message. Throws `AgentError` where a mood ends the run in its place. */
  async send(message: Message): Promise<void> {
    await this.#betweenOperations();
    await this.act(this.faults.message(message[0]));
    if (this.#pending) throw this.#takePending();
    await this.#hostility.before(message[0]);
    this.writer.bytes(writeBinaryPlist(message));
    await this.writer.flush();
  }

  /** The next message of the host. Throws `LinkEnded` when it says goodbye. */
  async receive(): Promise<Message> {
    const unit = await this.reader.next(maxUnit, hostSilence);
    const message = parseMessage(unit);
    if (message[0] === 'DLMessageDisconnect') throw new LinkEnded('host-left');
    return message;
  }

  /** Waits until all that was said has left, and then for the host's goodbye, at most `limit` ms. Throws `LinkEnded` in any case but the last. */
  async farewell(limit = hostSilence): Promise<void> {
    await this.writer.settle();
    await this.reader.next(maxUnit, limit);
  }

  /** A unit of a file stream. */
  unit(): Promise<Buffer> {
    return this.reader.next(maxUnit, hostSilence);
  }

  /** The host's answer to an operation; a host that answers something else is out of step. */
  async status(): Promise<StatusReply> {
    const [name, code, text, extra] = await this.receive();
    if (name !== 'DLMessageStatusResponse') throw new LinkEnded('lost', new Error(`${name} in place of a status`));
    const number = asBigInt(code);
    return { code: number === undefined ? 0 : Number(BigInt.asIntN(64, number)), text: asString(text), extra };
  }

  async ask(message: Message): Promise<StatusReply> {
    await this.send(message);
    return this.status();
  }

  /** Does what a due fault says. Errors and cancels wait for the end of the operation: nothing may interrupt a file stream. */
  async act(fault: WireFault | undefined): Promise<void> {
    switch (fault?.kind) {
      case 'disconnect':
        await this.writer.settle();
        throw new LinkEnded('cut');
      case 'reset':
        await this.writer.settle();
        throw new LinkEnded('reset');
      case 'silence':
        await this.writer.settle();
        return this.quiet(fault.ms);
      case 'error':
        this.#pending = new AgentError(fault.code, fault.text ?? `Error ${fault.code}`);
        return;
      case 'cancel-on-phone':
        this.phone.notify('com.apple.itunes-client.syncCancelRequest');
        this.#isCancelled = true;
        return;
      case 'file-error':
      case undefined:
    }
  }

  /** Says nothing for `ms`, or until the host is gone. */
  async quiet(ms: number | undefined): Promise<void> {
    await sleep(ms ?? 2 ** 31 - 1, undefined, { signal: this.reader.gone }).catch(() => {
      throw new LinkEnded('lost');
    });
  }

  async #betweenOperations(): Promise<void> {
    if (this.#pending) throw this.#takePending();
    if (!this.#isCancelled) return;
    this.#isCancelled = false;
    const unit = await this.reader.next(maxUnit, cancelGrace).catch(() => undefined);
    if (this.reader.gone.aborted) throw new LinkEnded('lost');
    if (unit && parseMessage(unit)[0] === 'DLMessageDisconnect') throw new LinkEnded('host-left');
    throw new AgentError(mbError.cancelled, 'File upload cancelled');
  }

  #takePending(): AgentError {
    const error = this.#pending as AgentError;
    this.#pending = undefined;
    return error;
  }
}

function parseMessage(unit: Buffer): Message {
  const parts = asArray(readMessagePlist(unit));
  const name = asString(parts?.[0]);
  if (!parts || name === undefined) throw new LinkEnded('lost', new Error('Not a DeviceLink message'));
  return [name, ...parts.slice(1)];
}

function readMessagePlist(unit: Buffer): PlistValue {
  try {
    return readPlist(unit);
  } catch (error) {
    throw new LinkEnded('lost', error);
  }
}
