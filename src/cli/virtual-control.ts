import type { Writable } from 'node:stream';
import { parseMood, type ConnectionType, type VirtualMux, type VirtualPhone } from '../virtual-iphone/index.ts';
import type { LineSource } from './virtual-lines.ts';

export interface ControlRoom {
  readonly lines: LineSource;
  readonly mux: VirtualMux;
  readonly phones: readonly VirtualPhone[];
  readonly connections: readonly ConnectionType[];
  readonly output: Writable;
  readonly signal: AbortSignal;
}

/** What a command works on. */
interface Subject {
  readonly phone: VirtualPhone;
  readonly room: ControlRoom;
}

/** Does a command; what it returns is told after `ok`. Throws `RangeError` with a sentence. */
type Action = (subject: Subject, argument: string) => string | void;

const defaultRestartMs = 3000;

const actions: Readonly<Record<string, Action>> = {
  mood: ({ phone }, argument) => phone.setMoods(parseMood(argument)),
  advance: ({ phone }, argument) => advance(phone, argument),
  detach: ({ phone, room }) => room.mux.removePhone(phone),
  attach: ({ phone, room }) => room.mux.addPhone(phone, room.connections),
  restart: ({ phone }, argument) => phone.restart(argument === '' ? defaultRestartMs : count(argument)),
  unlock: ({ phone }) => phone.setMoods({ locked: false }),
  lock: ({ phone }) => phone.setMoods({ locked: true }),
  'tap-trust': ({ phone }) => phone.person.tapTrust(true),
  'tap-deny': ({ phone }) => phone.person.tapTrust(false),
  passcode: ({ phone }) => answerPrompt(phone, true),
  'refuse-passcode': ({ phone }) => answerPrompt(phone, false),
  notify: ({ phone }, argument) => phone.notify(argument),
  status: ({ phone }) => JSON.stringify(status(phone), (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
};

/** Obeys the lines of standard input until `quit`, their end, or the signal. */
export async function runControl(room: ControlRoom): Promise<void> {
  const stopped = new Promise<undefined>((resolve) => {
    room.signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  for (;;) {
    const line = room.signal.aborted ? undefined : await Promise.race([room.lines.next(), stopped]);
    if (line === undefined || line.trim() === 'quit') return;
    if (line.trim() !== '') room.output.write(`${obey(room, line.trim())}\n`);
  }
}

function obey(room: ControlRoom, line: string): string {
  try {
    const [, number, name = '', argument = ''] = /^(?:(\d+)\s+)?(\S+)(?:\s+(.*))?$/.exec(line) ?? [];
    const phone = room.phones[number === undefined ? 0 : Number(number) - 1];
    if (!phone) throw new RangeError(`There is no phone ${number}`);
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
    if (!action) throw new RangeError(`There is no command '${name}'`);
    const told = action({ phone, room }, argument);
    return told === undefined ? 'ok' : `ok ${told}`;
  } catch (error) {
    return `error ${error instanceof Error ? error.message : String(error)}`;
  }
}

function advance(phone: VirtualPhone, argument: string): void {
  if (!phone.advance(count(argument))) throw new RangeError('This content does not change by itself');
}

function answerPrompt(phone: VirtualPhone, entered: boolean): void {
  if (!phone.person.enterPasscode(entered)) throw new RangeError('The phone asks for no passcode');
}

function status(phone: VirtualPhone): Record<string, unknown> {
  return { udid: phone.identity.udid, name: phone.identity.name, present: phone.presence.present, moods: phone.moods, totals: phone.content.totals };
}

function count(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new RangeError(`'${text}' is not a number`);
  return Number(text);
}
