import { parseContentSpec, parseMood, type ConnectionType, type ContentSpec, type Moods, type MuxOptions } from '../virtual-iphone/index.ts';
import type { VirtualOptions } from '../virtual-iphone/index.ts';
import { isEncryptedBackup } from './virtual-backup.ts';
import type { LineSource } from './virtual-lines.ts';
import type { readOptions } from './options.ts';

export const virtualOptions = {
  content: { type: 'string' },
  'from-backup': { type: 'string' },
  port: { type: 'string' },
  socket: { type: 'string' },
  'pair-records': { type: 'string' },
  udid: { type: 'string' },
  name: { type: 'string' },
  ios: { type: 'string' },
  model: { type: 'string' },
  language: { type: 'string' },
  seed: { type: 'string' },
  clock: { type: 'string' },
  iterations: { type: 'string' },
  devices: { type: 'string' },
  mood: { type: 'string', multiple: true },
  wifi: { type: 'boolean', default: false },
  'wifi-only': { type: 'boolean', default: false },
  tls13: { type: 'boolean', default: false },
  control: { type: 'boolean', default: false },
} as const;

export type Values = ReturnType<typeof readOptions<typeof virtualOptions>>['values'];

export interface Requests {
  readonly mux: MuxOptions;
  readonly connections: readonly ConnectionType[];
  readonly phones: readonly VirtualOptions[];
}

const maxDevices = 64;

/** What the options ask for. Throws `RangeError` with a sentence for a person. */
export async function phoneRequests(values: Values, lines: LineSource): Promise<Requests> {
  const devices = whole(values.devices, 'devices', 1, maxDevices) ?? 1;
  if (devices > 1 && values.udid !== undefined) throw new RangeError('One --udid cannot be that of several devices');
  const seed = whole(values.seed, 'seed', 0, 2 ** 31) ?? 1;
  const common = await commonRequest(values, lines);
  const phones = Array.from({ length: devices }, (_, index) => ({
    ...common,
    seed: seed + index,
    name: index === 0 ? values.name : `${values.name ?? 'Virtual iPhone'} ${index + 1}`,
  }));
  return { mux: muxRequest(values), connections: connectionsOf(values), phones };
}

function muxRequest(values: Values): MuxOptions {
  return { port: whole(values.port, 'port', 0, 65_535), socketPath: values.socket, recordFolder: values['pair-records'] };
}

function connectionsOf(values: Values): readonly ConnectionType[] {
  if (values['wifi-only']) return ['Network'];
  return values.wifi ? ['USB', 'Network'] : ['USB'];
}

async function commonRequest(values: Values, lines: LineSource): Promise<Omit<VirtualOptions, 'seed'>> {
  return {
    content: await contentOf(values, lines),
    udid: matching(values.udid, 'udid', { pattern: /^(?:[0-9a-f]{40}|[0-9A-F]{8}-[0-9A-F]{16})$/, example: '00008130-001A2B3C4D5E6F70' }),
    ios: matching(values.ios, 'ios', { pattern: /^\d{1,2}\.\d{1,2}(\.\d{1,2})?$/, example: '17.5.1' }),
    productType: matching(values.model, 'model', { pattern: /^(?:iPhone|iPad|iPod)\d{1,2},\d{1,2}$/, example: 'iPhone16,1' }),
    language: matching(values.language, 'language', { pattern: /^[a-z]{2,3}(-[A-Za-z]{2,8})*$/, example: 'de' }),
    clock: dateOf(values.clock),
    iterations: iterationsOf(values.iterations),
    allowTls13: values.tls13,
    moods: Object.assign({}, ...(values.mood ?? []).map(parseMood)) as Partial<Moods>,
  };
}

async function contentOf(values: Values, lines: LineSource): Promise<ContentSpec> {
  const folder = values['from-backup'];
  if (folder === undefined) return parseContentSpec(values.content ?? 'tiny');
  if (values.content !== undefined) throw new RangeError('Choose one of --content and --from-backup');
  const password = isEncryptedBackup(folder) ? await lines.secret('Password of the backup') : undefined;
  return { kind: 'backup', folder, password };
}

function whole(text: string | undefined, name: string, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) throw new RangeError(`--${name} takes a number from ${least} to ${most}`);
  return value;
}

interface Form {
  readonly pattern: RegExp;
  readonly example: string;
}

function matching(text: string | undefined, name: string, { pattern, example }: Form): string | undefined {
  if (text !== undefined && !pattern.test(text)) throw new RangeError(`--${name} cannot be '${text}'; it takes for example ${example}`);
  return text;
}

function dateOf(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new RangeError(`--clock takes a date and time such as 2026-11-22T16:40:12Z`);
  return date;
}

function iterationsOf(text: string | undefined): { sha256: number; sha1: number } | undefined {
  if (text === undefined) return undefined;
  const match = /^([1-9]\d{0,8}),([1-9]\d{0,8})$/.exec(text);
  if (!match) throw new RangeError('--iterations takes two numbers, SHA-256 and SHA-1, such as 1000,10');
  return { sha256: Number(match[1]), sha1: Number(match[2]) };
}
