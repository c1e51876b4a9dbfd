import { needsPairing } from '../shared/needs-pairing.ts';
import type { DeviceSummary } from '../device/types.ts';
import type { Engine, JobRun } from '../jobs/api.ts';
import { ConnectionError } from '../shared/errors.ts';
import { UsageError, type CommandIo } from './command.ts';
import { RunWitness } from '../jobs/run-witness.ts';
import { diagnoseFailed } from './diagnose-failure.ts';
import { terminalText } from './format.ts';
import { defaultLibrary } from './options.ts';
import { ProgressLine } from './progress-line.ts';

interface SessionOptions {
  readonly library?: string | undefined;
  readonly muxer?: string | undefined;
  readonly udid?: string | undefined;
  readonly json?: boolean | undefined;
}

/** How long the tap on Trust and the passcode after it may take, in ms. */
const trustPatience = 120_000;

const libraryOf = ({ library }: SessionOptions): string => library ?? defaultLibrary();

/** One engine for one command, with the terminal it reports to. */
export class Session {
  readonly engine: Engine;
  readonly io: CommandIo;
  readonly isJson: boolean;
  readonly library: string;
  /** Of the job that ran last. */
  witness = new RunWitness();
  /** The device that the command works with. */
  chosen: string | undefined;
  readonly #udid: string | undefined;

  constructor(engine: Engine, io: CommandIo, options: SessionOptions) {
    this.engine = engine;
    this.io = io;
    this.isJson = options.json ?? false;
    this.library = libraryOf(options);
    this.#udid = options.udid;
  }

  /** The device of `--udid`, else the only one there is. */
  async device(): Promise<DeviceSummary> {
    const devices = await this.engine.devices(this.io.signal);
    const chosen = this.#udid === undefined ? devices : devices.filter((device) => device.udid === this.#udid);
    const [device, second] = chosen;
    this.chosen = device?.udid;
    if (!device) throw new ConnectionError('device.gone', 'No such device is connected', { subject: this.#udid });
    if (second) throw new UsageError(`Several devices are connected; choose one with --udid: ${devices.map((d) => d.udid).join(', ')}`);
    return device;
  }

  /** The same device once it trusts this computer: one that does not is asked to, and its person waited for. */
  async trusted(device: DeviceSummary): Promise<DeviceSummary> {
    if (!needsPairing(device)) return device;
    await this.pair(device);
    const devices = await this.engine.devices(this.io.signal);
    return devices.find(({ udid }) => udid === device.udid) ?? device;
  }

  /** Asks the device to trust this computer, and waits for the tap. */
  async pair({ udid }: DeviceSummary): Promise<void> {
    await this.run((run) => this.engine.pair({ udid, patience: trustPatience }, run));
  }

  /** Runs a job with its progress shown; on a terminal as a bar. */
  async run<T>(job: (run: JobRun) => Promise<T>): Promise<T> {
    const { stdout, stderr } = this.io;
    const mode = this.isJson ? 'json' : stderr.isTTY ? 'bar' : 'lines';
    const line = new ProgressLine({ mode, out: this.isJson ? stdout : stderr });
    this.witness = new RunWitness();
    try {
      return await job(this.witness.beside({ signal: this.io.signal, listener: line.listener }));
    } finally {
      line.end();
    }
  }

  /** The command's result: an object for machines, or the lines made from it. */
  print(result: object, text: string): void {
    this.io.stdout.write(this.isJson ? `${JSON.stringify({ type: 'result', ...result })}\n` : text === '' ? '' : `${text}\n`);
  }
}

/** Opens the engine for one command and closes it whatever happens. */
export async function withSession<T>(options: SessionOptions, io: CommandIo, work: (session: Session) => Promise<T>): Promise<T> {
  // The engine brings node:sqlite and TLS along: `--help` and usage errors do without.
  const { createEngine } = await import('../jobs/engine.ts');
  const engine = createEngine({ library: libraryOf(options), muxer: options.muxer });
  const session = new Session(engine, io, options);
  try {
    return await work(session);
  } catch (error) {
    await diagnoseFailed(session, error, options.udid);
    throw error;
  } finally {
    await engine.close();
  }
}

export const deviceLabel = (device: DeviceSummary): string => terminalText(device.name ?? device.udid);
