import assert from 'node:assert/strict';
import type { WireFault, WirePoint } from '../../src/virtual-iphone/index.ts';
import { EngineBench, messagesOf, resumedFile, shortTimings, wasFinished, type Attempt, type RunKind } from './support/engine-bench.ts';
import { figure, isSweep, numbers, strided, swept, testLimit } from './support/sweep.ts';

/** Messages that come once for each of as many folders count as the first, one in the middle and the last. */
const shards = 200;

/** The phone's messages before the host's request. */
const openingMessages = 3;

const runs = ['incremental', 'full', 'encrypted', 'resumed'] as const satisfies RunKind[];
const stride = figure('SWEEP_STRIDE', 1, 1);
/** `cancel-here`: by the person at this computer. */
type CutKind = Exclude<WireFault['kind'], 'file-error'> | 'cancel-here';
const lost = ['connection link.lost', 'connection link.tls'];
const codes: Readonly<Record<Exclude<CutKind, 'error'>, readonly string[]>> = {
  disconnect: lost,
  reset: lost,
  goodbye: lost,
  silence: ['connection link.silent'],
  'cancel-on-phone': ['cancelled cancelled.device'],
  'cancel-here': ['cancelled cancelled.host'],
};
const kinds: readonly CutKind[] = ['disconnect', 'reset', 'goodbye', 'silence', 'error', 'cancel-on-phone', 'cancel-here'];

/** Verdicts of every class; a phone that refuses its draft (203, 205) is asked once more, which is tested elsewhere. */
const verdicts = [1, 3, 22, 100, 101, 104, 105, 202, 208, 211, 212, 999] as const;
const verdictAt = (index: number): number => verdicts[index % verdicts.length] ?? 1;
const wordFor = (verdict: number): string => (verdict === 202 ? 'cancelled cancelled.device' : `device mb.${verdict}`);

describe('a backup that is cut', function () {
  this.timeout(testLimit(150_000));
  let bench: EngineBench;
  afterEach(() => bench.close());

  for (const run of runs) {
    for (const kind of kinds) {
      it(`${run}, ${kind}: the cause, the history as it was, and a next run that succeeds`, async () => {
        // The real threads and disk are in the sample, and in all tests that kill and fill.
        bench = await EngineBench.open({ kind: run, isQuick: isSweep || run !== 'incremental' || kind !== 'disconnect' });
        await bench.succeed();
        await begin();
        const calm = await bench.succeed();
        const points = positions(calm, kind);
        for (const [index, at] of [...swept(`${run}, ${kind}`, points)].entries()) await cutOnce(kind, at, index);
        await bench.expectVerified();
      });
    }
  }

  /** What a run of this kind goes on from. */
  async function begin(): Promise<void> {
    bench.content.change();
    if (bench.kind !== 'resumed') return;
    const { error } = await bench.attempt([{ kind: 'disconnect', at: bench.inFile(resumedFile, 1000) }]);
    assert.equal(error?.kind, 'connection');
  }

  async function cutOnce(kind: CutKind, at: WirePoint, index: number): Promise<void> {
    const place = `${kind} at ${JSON.stringify(at)}`;
    await begin();
    const attempt = kind === 'cancel-here' ? await cancelAt(at) : await bench.attempt([faultAt(kind, at, index)], kind === 'silence' ? { timings: shortTimings } : {});
    assert.ok(attempt.isStruck, `${place} was reached`);
    expectEnd(attempt, kind, index, place);
    await bench.expectUnharmed();
    await bench.succeed();
    await bench.expectUnharmed();
  }

  const faultAt = (kind: Exclude<CutKind, 'cancel-here'>, at: WirePoint, index: number): WireFault =>
    kind === 'error' ? { kind, at, code: verdictAt(index) } : { kind, at };

  /** The person cancels when the phone falls silent at this place. */
  async function cancelAt(at: WirePoint): Promise<Attempt> {
    const person = new AbortController();
    const watch = setInterval(() => {
      if (bench.phone.phone.moods.faults.length === 0) person.abort();
    }, 5);
    try {
      return await bench.attempt([{ kind: 'silence', at }], { signal: person.signal });
    } finally {
      clearInterval(watch);
    }
  }

  /** A phone that was lost when it had nothing left to do has made a backup; any other end is told by its cause. */
  function expectEnd(attempt: Attempt, kind: CutKind, index: number, place: string): void {
    const isThere = wasFinished(attempt) && !['error', 'cancel-on-phone', 'cancel-here'].includes(kind);
    if (isThere) assert.ok(attempt.entry, `${place}: ${attempt.error?.message}, although the backup is there`);
    else if (attempt.entry) assert.ok(wasFinished(attempt) && kind === 'cancel-on-phone', `${place}: an entry of an unfinished run`);
    else {
      const expected: readonly string[] = kind === 'error' ? [wordFor(verdictAt(index))] : codes[kind];
      assert.ok(expected.includes(`${attempt.error?.kind} ${attempt.error?.code}`), `${place}: ${attempt.error?.code}: ${attempt.error?.message}`);
    }
  }

  /** Messages and places inside files: every one, with three of the folders, or a few that differ from kind to kind. */
  function positions(calm: Attempt, kind: CutKind): WirePoint[] {
    // A verdict answers a request.
    const messages = messagePoints(messagesOf(calm), kind === 'error' ? openingMessages : 0);
    const inFiles = filePoints(calm);
    if (isSweep) return strided([...messages, ...inFiles], stride, kinds.indexOf(kind));
    // Incremental runs get more than the rest.
    const turn = kinds.indexOf(kind);
    const uploading = openingMessages + messagesOf(calm).lastIndexOf('DLMessageMoveItems') - turn;
    const chosen = [inFiles[(4 * turn) % inFiles.length], { message: uploading }, messages[turn], messages.at(-1 - (turn % 4))];
    return chosen.slice(0, bench.kind === 'incremental' ? 4 : 2).filter((at) => at !== undefined);
  }

  function messagePoints(names: readonly string[], first: number): WirePoint[] {
    const perFolder = [...new Set(names)].map((name) => names.flatMap((each, index) => (each === name ? [index] : []))).filter(({ length }) => length > shards);
    const left = new Set(perFolder.flatMap((all) => all.filter((_, index) => ![0, all.length >> 1, all.length - 1].includes(index))));
    const chosen = names.flatMap((_, index) => (left.has(index) ? [] : [openingMessages + index]));
    return [...numbers(openingMessages).map((number) => number - 1), ...chosen].filter((message) => message >= first).map((message) => ({ message }));
  }

  function filePoints(calm: Attempt): WirePoint[] {
    const first = bench.kind === 'resumed' ? resumedFile : 0;
    const sizes = bench.content.sizes.slice(first);
    assert.equal(calm.sent, sizes.reduce((sum, size) => sum + size, 0), 'every file that is missing is sent');
    // Status.plist goes before them all; an empty file has but one place.
    return sizes.flatMap((size, index): WirePoint[] => {
      const file = index + 1;
      return size === 0 ? [{ file }] : [...new Set([0, size >> 1, size - 1])].map((byte) => ({ file, byte }));
    });
  }
});
