import assert from 'node:assert/strict';
import { chmodSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { HistoryEntry } from '../../src/library/index.ts';
import { run } from '../interop/support/stage.ts';
import { EngineBench, password, type RunKind } from './support/engine-bench.ts';

/** Takes one content file out of an entry, which the phone does not notice: it sends only what changed. */
function loseFile({ path, udid }: HistoryEntry): string {
  const apple = join(path, udid);
  const shard = readdirSync(apple).find((name) => /^[0-9a-f]{2}$/.test(name) && readdirSync(join(apple, name)).length > 0) ?? '';
  const name = join(shard, readdirSync(join(apple, shard))[0] ?? '');
  chmodSync(join(apple, shard), 0o700);
  rmSync(join(apple, name));
  return name;
}

describe('a backup in which a file is missing that its manifest lists', function () {
  this.timeout(150_000);
  let bench: EngineBench;
  afterEach(() => bench.close());

  for (const kind of ['incremental', 'encrypted'] satisfies RunKind[]) {
    it(`${kind}: is called incomplete at once`, async () => {
      bench = await EngineBench.open({ kind });
      const { entry: base } = await bench.succeed();
      const lost = loseFile(base);
      const { entry } = await bench.succeed();
      assert.equal(entry.isComplete, false);
      const report = await bench.stage.engine(bench.phone).verify({ entry, level: 'structure', password: kind === 'encrypted' ? password : undefined }, run());
      assert.deepEqual(report.entries[0]?.damage.map(({ code, path }) => [code, path]), [['missing', join(bench.phone.udid, lost)]]);
    });
  }

  it('encrypted, without the password: only a verification with it can tell', async () => {
    bench = await EngineBench.open({ kind: 'encrypted' });
    const { entry: base } = await bench.succeed();
    const lost = loseFile(base);
    bench.password = undefined;
    const { entry } = await bench.succeed();
    assert.deepEqual([entry.isEncrypted, entry.isComplete], [true, true]);
    assert.ok(!existsSync(join(entry.path, entry.udid, lost)));
  });
});
