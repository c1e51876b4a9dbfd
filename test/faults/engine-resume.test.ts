import assert from 'node:assert/strict';
import { EngineBench, resumedFile } from './support/engine-bench.ts';
import { figure, isSweep, numbers, swept, testLimit } from './support/sweep.ts';

/** In each file. */
const cuts = figure('RESUME_CUTS', 1, 24);

describe('a backup that goes on', function () {
  this.timeout(testLimit(150_000));
  let bench: EngineBench;
  afterEach(() => bench.close());

  it('sends again at most what was missing and one file, wherever it was cut', async () => {
    bench = await EngineBench.open({ isQuick: isSweep });
    await bench.succeed();
    const { sizes, bytes } = bench.content;
    const before = (file: number): number => sizes.slice(0, file).reduce((sum, size) => sum + size, 0);
    for (const { file, byte } of swept('resume, cut at', places(sizes))) await cutAt(file, byte, bytes - before(file) - byte);
    await bench.expectVerified();
  });

  /** By default once in every second file, each time deeper in it. */
  function places(sizes: readonly number[]): { readonly file: number; readonly byte: number }[] {
    if (!isSweep) return sizes.flatMap((size, file) => (file % 2 === 0 ? [{ file, byte: Math.floor((size * file) / sizes.length) }] : []));
    return sizes.flatMap((size, file) => [...new Set(numbers(cuts).map((cut) => Math.floor((size * (cut - 1)) / cuts)))].map((byte) => ({ file, byte })));
  }

  async function cutAt(file: number, byte: number, missing: number): Promise<void> {
    bench.content.change();
    const place = `file ${file}, byte ${byte}`;
    const { error } = await bench.attempt([{ kind: 'disconnect', at: bench.inFile(file, byte) }]);
    assert.equal(error?.kind, 'connection', place);
    const next = await bench.succeed();
    assert.ok(next.sent <= missing + (bench.content.sizes[file] ?? 0), `${place}: ${next.sent} bytes again, ${missing} were missing`);
    const resumed = next.events.flatMap((event) => (event.type === 'notice' && event.notice.code === 'resumed' ? [event.notice] : []));
    assert.equal(resumed.length, 1, `${place}: the run says that it goes on`);
    assert.ok((resumed[0]?.filesKept ?? 0) >= file, `${place}: ${resumed[0]?.filesKept} files kept`);
    await bench.expectUnharmed();
  }

  it('is kept while the phone refuses until it restarts, and succeeds then', async () => {
    bench = await EngineBench.open({ ios: '15.2' });
    await bench.succeed();
    bench.content.change();
    const { error } = await bench.attempt([{ kind: 'disconnect', at: bench.inFile(resumedFile, 1000) }]);
    assert.equal(error?.kind, 'connection');
    const refused = await bench.attempt();
    assert.equal(refused.error?.code, 'mb.3');
    const drafts = async () => (await bench.stage.engine(bench.phone).history()).drafts;
    assert.equal((await drafts()).length, 1, 'the draft is not the one to blame');
    assert.ok(!refused.events.some((event) => event.type === 'notice' && event.notice.code === 'draft-set-aside'));
    bench.phone.phone.restart(0);
    await bench.succeed();
    assert.deepEqual(await drafts(), []);
    await bench.expectUnharmed();
    await bench.expectVerified();
  });
});
