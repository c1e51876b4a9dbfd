import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WireFault } from '../../contract.ts';
import type { Phone } from '../../service.ts';
import { emptyParameter, mbError } from '../../../format/mb-errors.ts';
import { asArray, asBigInt, asString, readPlist, writeBinaryPlist, type PlistValue } from '../../../plist/index.ts';
import { AgentError, LinkEnded } from '../errors.ts';
import { FaultPlan } from './fault-plan.ts';
import { Hostility } from './hostility.ts';
import { UnitReader } from './unit-reader.ts';
import { UnitWriter } from './unit-writer.ts';
import { usualText } from './usual-texts.ts';

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
  /** What a fault will end the conversation with, as soon as no file stream is open. */
  #pending: AgentError | Message | undefined;
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

  /** Sends one message. Throws `AgentError` or `LinkEnded` where a mood ends the run in its place. */
  async send(message: Message): Promise<void> {
    await this.#endAsDue();
    await this.#hearCancel();
    await this.act(this.faults.message(message[0]));
    await this.#endAsDue();
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

  /** Does what a due fault says. Errors, goodbyes and cancels wait for the end of the operation: nothing may interrupt a file stream. */
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
        this.#pending = new AgentError(fault.code, fault.text ?? usualText(fault.code));
        return;
      case 'goodbye':
        this.#pending = ['DLMessageDisconnect', fault.text ?? emptyParameter];
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

  /** Throws `AgentError` where a verdict is due, and `LinkEnded` after a goodbye. */
  async #endAsDue(): Promise<void> {
    const due = this.#pending;
    if (!due) return;
    this.#pending = undefined;
    if (due instanceof AgentError) throw due;
    this.writer.bytes(writeBinaryPlist(due));
    await this.writer.settle();
    throw new LinkEnded('phone-left');
  }

  /** After a cancel on the phone the host may leave by itself; else the phone ends the run. */
  async #hearCancel(): Promise<void> {
    if (!this.#isCancelled) return;
    this.#isCancelled = false;
    const unit = await this.reader.next(maxUnit, cancelGrace).catch(() => undefined);
    if (this.reader.gone.aborted) throw new LinkEnded('lost');
    if (unit && parseMessage(unit)[0] === 'DLMessageDisconnect') throw new LinkEnded('host-left');
    throw new AgentError(mbError.cancelled, 'File upload cancelled');
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
