import assert from 'node:assert/strict';
import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { defaultRestoreOptions } from '../../src/jobs/api.ts';
import { treePrint } from './support/engine-tree.ts';
import { EngineBench, messagesOf } from './support/engine-bench.ts';
import { run } from '../interop/support/stage.ts';

/** Asked of the host in the middle of a restore, all of them by legal names of the entry's own files. */
const requests = [
  ['UploadFiles', 'Status.plist', 'DLMessageUploadFiles'],
  ['UploadFiles', 'Manifest.db', 'DLMessageUploadFiles'],
  ['RemoveItems', 'Manifest.db', 'DLMessageRemoveItems'],
  ['RemoveItems', '', 'DLMessageRemoveItems'],
  ['MoveItems:from', 'Manifest.db', 'DLMessageMoveItems'],
  ['MoveItems:to', 'Manifest.db', 'DLMessageMoveItems'],
  ['CopyItem:from', 'Info.plist', 'DLMessageCopyItem'],
  ['CopyItem:to', 'Info.plist', 'DLMessageCopyItem'],
  ['CreateDirectory', 'Snapshot', 'DLMessageCreateDirectory'],
] as const;

describe('an entry that is being restored', function () {
  this.timeout(150_000);
  let bench: EngineBench;
  before(async () => (bench = await EngineBench.open()));
  after(() => bench.close());

  /** The folder of scratch folders may stay, empty, and the lock of who read the entry, an empty file. */
  const namesAround = (): string[] => {
    const lock = new RegExp(`^${bench.phone.udid}/\\.readers(/[^/]+\\.sqlite)?$`);
    for (const path of treePrint(bench.library).keys()) if (path.endsWith('.sqlite')) assert.equal(lstatSync(join(bench.library, path)).size, 0, path);
    return [...treePrint(bench.library).keys()].filter((path) => path !== '.scratch' && !lock.test(path));
  };

  it('stays as it is, whatever the phone has done to it meanwhile', async () => {
    const { entry } = await bench.succeed();
    const { udid } = bench.phone;
    const before = treePrint(entry.path);
    const around = namesAround();
    const options = { ...defaultRestoreOptions, reboot: false };
    for (const [message, name, wireName] of requests) {
      const path = name === '' ? udid : `${udid}/${name}`;
      bench.phone.phone.setMoods({ hostile: { message, path }, restoredWithoutRestart: false });
      const job = run();
      const result = await bench.stage.engine(bench.phone).restore({ source: { udid, id: entry.id }, udid, options }, job);
      assert.ok(messagesOf(job).includes(wireName), `the phone did ask for ${message}`);
      assert.ok(result.files >= bench.content.sizes.length, `${result.files} files`);
      assert.deepEqual(treePrint(entry.path), before, `${message} ${path}`);
      assert.deepEqual(namesAround(), around, `${message} ${path}`);
    }
    await bench.expectVerified();
  });

  it('stays as it is when the restore is cut', async () => {
    const [entry] = (await bench.stage.engine(bench.phone).history()).entries;
    assert.ok(entry);
    const before = treePrint(entry.path);
    const source = { udid: entry.udid, id: entry.id };
    for (const kind of ['disconnect', 'reset', 'cancel-on-phone'] as const) {
      bench.phone.phone.setMoods({ hostile: undefined, restoredWithoutRestart: false, faults: [{ kind, at: { file: 6 } }] });
      const options = { ...defaultRestoreOptions, reboot: false };
      await assert.rejects(bench.stage.engine(bench.phone).restore({ source, udid: entry.udid, options }, run()), { name: kind === 'cancel-on-phone' ? 'CancelledError' : 'ConnectionError' });
      assert.deepEqual(treePrint(entry.path), before, kind);
    }
  });
});
