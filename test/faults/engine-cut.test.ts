import assert from 'node:assert/strict';
import type { WireFault, WirePoint } from '../../src/virtual-iphone/index.ts';
import { EngineBench, messagesOf, wasFinished, type Attempt, type RunKind } from './support/engine-bench.ts';

const isFull = process.env['SWEEP'] === 'full';
/** The phone's messages before the host's request. */
const openingMessages = 3;

type CutKind = Exclude<WireFault['kind'], 'silence' | 'file-error' | 'goodbye'>;
const codes: Readonly<Record<CutKind, readonly string[]>> = {
  disconnect: ['connection link.lost', 'connection link.tls'],
  reset: ['connection link.lost', 'connection link.tls'],
  error: ['device mb.22'],
  'cancel-on-phone': ['cancelled cancelled.device'],
};

const faultAt = (kind: CutKind, at: WirePoint): WireFault => (kind === 'error' ? { kind, at, code: 22 } : { kind, at });

describe('a backup that is cut', function () {
  this.timeout(isFull ? 24 * 3_600_000 : 150_000);
  let bench: EngineBench;
  afterEach(() => bench.close());

  for (const run of ['incremental', 'full', 'encrypted'] satisfies RunKind[]) {
    for (const kind of ['disconnect', 'reset', 'error', 'cancel-on-phone'] satisfies CutKind[]) {
      it(`${run}, ${kind}: the cause, the history as it was, and a next run that succeeds`, async () => {
        bench = await EngineBench.open({ kind: run });
        await bench.succeed();
        bench.content.change();
        const calm = await bench.succeed();
        for (const at of positions(calm, kind)) {
          bench.content.change();
          await cutOnce(kind, at);
        }
        await bench.expectVerified();
      });
    }
  }

  async function cutOnce(kind: CutKind, at: WirePoint): Promise<void> {
    const place = `${kind} at ${JSON.stringify(at)}`;
    const attempt = await bench.attempt([faultAt(kind, at)]);
    assert.ok(attempt.isStruck, `${place} was reached`);
    if (attempt.entry) assert.ok(wasFinished(attempt), `${place}: only a phone that had finished makes an entry`);
    else assert.ok(codes[kind].includes(`${attempt.error?.kind} ${attempt.error?.code}`), `${place}: ${attempt.error?.code}: ${attempt.error?.message}`);
    await bench.expectUnharmed();
    await bench.succeed();
    await bench.expectUnharmed();
  }

  /** Messages and places inside files: every one, with three of the 512 folders, or a few that differ from kind to kind. */
  function positions(calm: Attempt, kind: CutKind): WirePoint[] {
    const names = messagesOf(calm);
    assert.ok(names.length > 500 && calm.sent === bench.content.bytes, 'every file is sent again');
    const folders = names.flatMap((name, index) => (name === 'DLMessageCreateDirectory' ? [index] : []));
    const swept = new Set([folders.at(0), folders.at(folders.length >> 1), folders.at(-1)]);
    const messages = names.flatMap((_, index) => (!folders.includes(index) || swept.has(index) ? [{ message: openingMessages + index }] : []));
    const inFiles = bench.content.sizes.flatMap((size, file): WirePoint[] => [0, size >> 1, size - 1].map((byte) => bench.inFile(file, byte)));
    if (isFull) return [...messages, ...inFiles];
    // Incremental runs get more than the rest.
    const turn = Object.keys(codes).indexOf(kind);
    const uploading = openingMessages + names.lastIndexOf('DLMessageMoveItems') - turn;
    const chosen = [inFiles[4 * turn], { message: uploading }, messages[turn], messages.at(-1 - turn)];
    return chosen.slice(0, bench.kind === 'incremental' ? 4 : 2).filter((at) => at !== undefined);
  }
});
