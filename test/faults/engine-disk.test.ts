import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createEngine } from '../../src/jobs/engine.ts';
import { EngineBench, messagesOf, type Attempt } from './support/engine-bench.ts';
import { SmallDisk } from './support/engine-mount.ts';

/** A phone leaves 128 MiB free beside what it sends. */
const size = 192 << 20;

describe('a backup onto a disk that refuses', function () {
  this.timeout(150_000);
  let disk: SmallDisk;
  let bench: EngineBench;

  beforeEach(async () => {
    disk = new SmallDisk(size);
    bench = await EngineBench.open({ parent: disk.folder });
    await bench.succeed();
    bench.content.change();
  });
  afterEach(async () => {
    await bench.close();
    disk.remove();
  });

  const drafts = async () => (await bench.stage.engine(bench.phone).history()).drafts;
  const codeOf = ({ error }: Attempt): string => `${error?.kind} ${error?.code}`;

  for (const [phones, purge] of [['since iOS 14', true], ['before iOS 14', false]] as const) {
    it(`that is too small from the start, phones ${phones}: this computer is to blame, with its figures`, async () => {
      bench.phone.phone.setMoods({ purge });
      disk.resize(100 << 20);
      const { error } = await bench.attempt();
      assert.deepEqual([error?.kind, error?.code], ['host', 'host.no-space']);
      const { needed = 0, free = 0 } = error?.facts ?? {};
      assert.ok(Math.abs(Number(free) - disk.free) < 1 << 20, `${free} of ${disk.free} are free`);
      if (purge) assert.equal(needed, bench.content.bytes + (128 << 20));
      disk.resize(size);
      await bench.succeed();
      await bench.expectUnharmed();
    });
  }

  it('that has room, whatever the phone says: the phone is to blame', async () => {
    for (const name of ['DLMessageGetFreeDiskSpace', 'DLMessageUploadFiles']) {
      const { error } = await bench.attempt([{ kind: 'error', at: { name }, code: 105 }]);
      assert.deepEqual([error?.kind, error?.code], ['device', 'mb.105'], name);
    }
    await bench.succeed();
  });

  it('that is nearly too small: the phone says so, and the run succeeds when it is larger', async () => {
    disk.resize(size - disk.free + (200 << 10));
    assert.equal(codeOf(await bench.attempt()), 'host host.no-space');
    disk.resize(size);
    await bench.succeed();
    await bench.expectUnharmed();
    await bench.expectVerified();
  });

  it('that fills up while files arrive: says so, keeps the draft, and goes on when there is room', async () => {
    const ballast = `${disk.folder}/ballast`;
    bench.onEvent = (event) => {
      if (event.type !== 'log' || event.text !== 'Status.plist says uploading') return;
      writeFileSync(ballast, Buffer.alloc(disk.free - (300 << 10)));
    };
    const full = await bench.attempt();
    bench.onEvent = undefined;
    assert.equal(codeOf(full), 'host host.no-space');
    assert.ok(messagesOf(full).includes('DLMessageUploadFiles'));
    assert.equal((await drafts()).length, 1);
    rmSync(ballast);
    const next = await bench.succeed();
    assert.ok(next.events.some((event) => event.type === 'notice' && event.notice.code === 'resumed'));
    assert.deepEqual(await drafts(), []);
    await bench.expectUnharmed();
    await bench.expectVerified();
  });

  it('that is taken away: says so by its name, makes nothing in its place, and the run succeeds when it is back', async () => {
    const place = mkdtempSync('/mnt/iphone-backup-test-');
    const mount = (): unknown => execFileSync('mount', ['--bind', disk.folder, place]);
    const unmount = (): unknown => execFileSync('umount', [place]);
    const history = async (): Promise<readonly string[]> => {
      const engine = createEngine({ library: join(place, 'library') });
      return (await engine.history()).entries.map(({ id }) => id);
    };
    try {
      mount();
      await history();
      unmount();
      await assert.rejects(history(), { code: 'host.missing', facts: { disk: basename(place) } });
      assert.deepEqual(readdirSync(place), []);
      mount();
      await history();
      unmount();
    } finally {
      rmdirSync(place);
    }
  });

  it('that became read only: says so, and the run succeeds afterwards', async () => {
    disk.setReadOnly(true);
    const refused = await bench.attempt();
    disk.setReadOnly(false);
    assert.equal(codeOf(refused), 'host host.read-only');
    await bench.succeed();
    await bench.expectUnharmed();
    await bench.expectVerified();
  });
});
