import assert from 'node:assert/strict';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { inspect } from 'node:util';
import { defaultRestoreOptions, type RestoreResult } from '../../src/jobs/api.ts';
import type { EngineParts } from '../../src/jobs/engine.ts';
import type { HistoryEntry } from '../../src/library/index.ts';
import { EngineError } from '../../src/shared/errors.ts';
import type { JobEvent } from '../../src/shared/job-events.ts';
import type { WireFault, WirePoint } from '../../src/virtual-iphone/index.ts';
import { run } from '../interop/support/stage.ts';
import { EngineBench, messagesOf, shortTimings } from './support/engine-bench.ts';
import { treePrint } from './support/engine-tree.ts';
import { FaultFileSystem, failAt, type Fault, type Operation } from './support/fault-file-system.ts';
import { figure, isSweep, numbers, strided, swept, testLimit } from './support/sweep.ts';

/** The phone's messages before the host's request. */
const openingMessages = 3;
const lost = ['connection link.lost', 'connection link.tls'];
const codes = {
  disconnect: lost,
  reset: lost,
  goodbye: lost,
  silence: ['connection link.silent'],
  error: ['device mb.205'],
  'cancel-on-phone': ['cancelled cancelled.device'],
} as const satisfies Partial<Record<WireFault['kind'], readonly string[]>>;
type CutKind = keyof typeof codes;
const kinds = Object.keys(codes) as CutKind[];

const diskCodes: Readonly<Record<Fault, string>> = { ENOSPC: 'host.no-space', EIO: 'host.io', EACCES: 'host.permission', 'short write': 'host.no-space' };
const stride = figure('SWEEP_STRIDE', 61, 1);

interface Attempt {
  readonly result: RestoreResult | undefined;
  readonly error: EngineError | undefined;
  readonly events: readonly JobEvent[];
}

describe('a restore that is cut', function () {
  this.timeout(testLimit(150_000));
  let bench: EngineBench;
  let entry: HistoryEntry;
  let print: Map<string, string>;

  before(async () => {
    bench = await EngineBench.open({ isQuick: true });
    ({ entry } = await bench.succeed());
    print = treePrint(entry.path);
  });
  after(() => bench.close());

  async function attempt(faults: readonly WireFault[] = [], parts?: EngineParts): Promise<Attempt> {
    // The person restarts the phone after each restore, as we tell them.
    bench.phone.phone.setMoods({ faults, restoredWithoutRestart: false });
    const job = run();
    const request = { source: { udid: entry.udid, id: entry.id }, udid: entry.udid, options: { ...defaultRestoreOptions, reboot: false } };
    try {
      return { result: await bench.engine(parts).restore(request, job), error: undefined, events: job.events };
    } catch (error) {
      assert.ok(error instanceof EngineError, inspect(error));
      return { result: undefined, error, events: job.events };
    }
  }

  const scratch = (): string => bench.stage.path('library', '.scratch');

  /** The entry is untouched, no scratch is left, and the next restore sends everything. */
  async function expectSound(place: string): Promise<void> {
    assert.deepEqual(treePrint(entry.path), print, place);
    assert.deepEqual(existsSync(scratch()) ? readdirSync(scratch()) : [], [], place);
    const { result, error } = await attempt();
    assert.ok(result && result.files >= bench.content.sizes.length, `${place}, next restore: ${error?.message}`);
  }

  for (const kind of kinds) {
    it(`${kind}: the cause, the entry as it was, and a next restore that succeeds`, async () => {
      const calm = await attempt();
      for (const at of swept(`restore, ${kind}`, positions(calm, kind))) {
        const place = `${kind} at ${JSON.stringify(at)}`;
        const fault: WireFault = kind === 'error' ? { kind, at, code: 205 } : { kind, at };
        const { error } = await attempt([fault], kind === 'silence' ? { timings: shortTimings } : undefined);
        assert.deepEqual(bench.phone.phone.moods.faults, [], `${place} was reached`);
        assert.ok((codes[kind] as readonly string[]).includes(`${error?.kind} ${error?.code}`), `${place}: ${error?.code ?? 'a success'}`);
        await expectSound(place);
      }
    });
  }

  /** Every message, and the start, middle and end of every file; or a few that differ from kind to kind. */
  function positions(calm: Attempt, kind: CutKind): WirePoint[] {
    assert.ok(calm.result, inspect(calm.error));
    const count = openingMessages + messagesOf(calm).length;
    // The verdict itself is the last; a phone that gave it has restored.
    // A verdict answers a request.
    const first = kind === 'error' ? openingMessages : 0;
    const messages = numbers(count - first).map((number): WirePoint => ({ message: first + number - 1 }));
    const files = numbers(calm.result.files).map((number): WirePoint => ({ file: number - 1 }));
    const bytes = [1, 1000, 60_000, 200_000, 400_000].map((byte): WirePoint => ({ byte }));
    if (isSweep) return strided([...messages, ...files, ...bytes], stride, kinds.indexOf(kind));
    const turn = kinds.indexOf(kind);
    return [messages[turn], messages.at(-1 - turn), files[turn], bytes[turn % bytes.length]].filter((at) => at !== undefined);
  }

  for (const [turn, fault] of (['ENOSPC', 'EIO', 'EACCES', 'short write'] as const satisfies Fault[]).entries()) {
    it(`by ${fault} of this computer's disk: the cause, the entry as it was, and a next restore that succeeds`, async () => {
      const faultless = new FaultFileSystem({});
      const calm = await attempt([], { fs: faultless.fs });
      assert.ok(calm.result && faultless.count > 50);
      for (const k of swept(`restore, ${fault}`, strided(numbers(faultless.count), stride, turn * 7))) {
        const place = `${fault} at operation ${k}`;
        let failed = '';
        const { before: fail } = failAt(k, fault);
        const before = (operation: Operation): void => {
          if (operation.number === k) failed = operation.name;
          fail?.(operation);
        };
        const { result, error } = await attempt([], { fs: new FaultFileSystem({ before }).fs });
        if (!result) assert.equal(error?.code, diskCodes[fault], `${place}, ${failed}`);
        // What could not be removed is removed when a later process begins.
        if (failed === 'removeTree') rmSync(scratch(), { recursive: true });
        await expectSound(`${place}, ${failed}`);
      }
    });
  }
});
