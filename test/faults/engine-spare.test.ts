import assert from 'node:assert/strict';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultRestoreOptions } from '../../src/jobs/api.ts';
import { run } from '../interop/support/stage.ts';
import { EngineBench, password, type RunKind } from './support/engine-bench.ts';

describe('the newest backup without its keybag and manifest', function () {
  this.timeout(150_000);
  let bench: EngineBench;
  afterEach(() => bench.close());

  for (const kind of ['incremental', 'encrypted'] satisfies RunKind[]) {
    it(`${kind}: is restored and verified as if nothing was lost`, async () => {
      bench = await EngineBench.open({ kind, isQuick: true });
      const { entry } = await bench.succeed();
      const given = kind === 'encrypted' ? password : undefined;
      const lists = ['Manifest.plist', 'Manifest.db', 'Status.plist'].map((name) => join(entry.path, entry.udid, name));
      for (const path of lists) rmSync(path);
      const request = { source: entry, udid: entry.udid, password: given, options: { ...defaultRestoreOptions, reboot: false } };
      const { files } = await bench.engine().restore(request, run());
      assert.ok(files >= bench.content.sizes.length);
      for (const path of lists) assert.ok(existsSync(path), path);

      rmSync(lists[0]!);
      rmSync(lists[1]!);
      writeFileSync(lists[1]!, 'damaged');
      const report = await bench.engine().verify({ level: 'unlock', password: given }, run());
      const [checked] = report.entries;
      assert.deepEqual([checked?.damage, checked?.record.result], [[], 'good']);
      assert.deepEqual(checked?.notes.map(({ code, facts }) => [code, facts]), [['verify.repaired', { names: 'Manifest.plist, Manifest.db' }]]);
      await bench.expectVerified();
    });
  }
});
