import assert from 'node:assert/strict';
import { EngineBench } from './support/engine-bench.ts';

const isFull = process.env['SWEEP'] === 'full';
const cuts = isFull ? 64 : 1;

describe('a backup that goes on', function () {
  this.timeout(isFull ? 24 * 3_600_000 : 150_000);
  let bench: EngineBench;
  afterEach(() => bench.close());

  it('sends again at most what was missing and one file, wherever it was cut', async () => {
    bench = await EngineBench.open();
    await bench.succeed();
    const { sizes, bytes } = bench.content;
    let passed = 0;
    for (const [file, size] of sizes.entries()) {
      const isSwept = isFull || file % 2 === 0;
      for (let cut = 0; isSwept && cut < Math.min(cuts, Math.max(size, 1)); cut++) {
        // By default once in every second file, each time deeper in it.
        const byte = Math.floor(size * (isFull ? cut / cuts : file / sizes.length));
        await cutAt(file, byte, bytes - passed - byte);
      }
      passed += size;
    }
    await bench.expectVerified();
  });

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
    const { error } = await bench.attempt([{ kind: 'disconnect', at: bench.inFile(5, 1000) }]);
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
