import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import type { Estimate, EstimateRow } from '../../src/shared/estimate.ts';
import type { JobEvent } from '../../src/shared/job-events.ts';
import type { PhoneApp, PhoneContent } from '../../src/virtual-iphone/contract.ts';
import { createContent } from '../../src/virtual-iphone/content/index.ts';
import { jsonLines, resultOf, runCli } from './support/cli.ts';
import { Stage, clock, run, type StagedPhone } from './support/stage.ts';

describe('estimate', function () {
  this.timeout(180_000);
  let stage: Stage;
  beforeEach(async () => (stage = await Stage.open()));
  afterEach(() => stage.close());

  async function paired(options: Parameters<Stage['phone']>[0] = {}): Promise<StagedPhone> {
    const phone = await stage.phone(options);
    await stage.engine(phone).pair({ udid: phone.udid, patience: 60_000 }, run());
    return phone;
  }

  const estimate = (phone: StagedPhone, experiment = false, job = run(), password?: string): Promise<Estimate> =>
    stage.engine(phone).estimate({ udid: phone.udid, experiment, password }, job);

  const pictures = (events: readonly JobEvent[]): Estimate[] => events.flatMap((event) => (event.type === 'estimate' ? [event.estimate] : []));
  const row = ({ rows }: Estimate, id: string): EstimateRow | undefined => rows.find((each) => each.id === id);
  const states = ({ sources }: Estimate): string => sources.map(({ id, state }) => `${id}:${state}`).toSorted().join(' ');

  it('fills in, from the first picture to the last, which is what it answers', async () => {
    const phone = await paired();
    const job = run();
    const last = await estimate(phone, false, job);
    const seen = pictures(job.events);
    assert.ok(seen.length >= 2);
    assert.ok(seen[0]?.sources.some(({ state }) => state === 'waiting') && seen[0].rows.length === 0);
    assert.deepEqual(seen.at(-1), last);
    assert.equal(last.isComplete, true);
    assert.equal(states(last), 'apps:done camera-roll:done demand:skipped disk-usage:done earlier-runs:done last-backup:skipped');
    assert.equal(last.deviceName, 'Virtual iPhone');
    assert.ok(last.disk && last.disk.capacity >= last.disk.free && last.disk.free > 0);
  });

  it('has the exact sizes of the last backup when nothing changed since', async () => {
    const phone = await paired();
    const entry = await stage.engine(phone).backup({ udid: phone.udid, full: true, encryption: 'keep' }, run());
    const last = await estimate(phone);
    assert.equal(last.lastBackup?.id, entry.id);
    assert.ok(Math.abs(last.total.likely - entry.size) < entry.size * 0.03, `${last.total.likely} ${entry.size}`);
    assert.equal(row(last, 'category:messages')?.before, [...phone.phone.content.items()].find(({ path }) => path === 'Library/SMS/sms.db')?.size);
    assert.ok(last.transfer && last.transfer.likely < entry.size / 2);
    assert.ok(last.seconds && last.seconds.high > 0);
  });

  it('remembers what the phone told of its apps, and sees later which grew', async () => {
    const phone = await paired({ spec: { kind: 'small' } });
    await stage.engine(phone).backup({ udid: phone.udid, full: true, encryption: 'keep' }, run());
    const before = await estimate(phone);
    const app = 'app:com.example.trailmap';
    assert.equal(row(before, app)?.size.likely, row(before, app)?.before);
    const { content } = phone.phone;
    const grown = content.apps().map((each) => (app.endsWith(each.bundleId) ? { ...each, dynamicUsage: each.dynamicUsage + 5_000_000 } : each));
    phone.phone.content = withApps(content, grown);
    const after = row(await estimate(phone), app);
    assert.ok(after && after.before !== undefined && after.size.likely > after.before + 2_000_000 && after.size.likely < after.before + 5_000_000, JSON.stringify(after));
  });

  it('opens an encrypted backup with its password, and goes by its whole without', async () => {
    const phone = await paired();
    const engine = stage.engine(phone);
    const entry = await engine.backup({ udid: phone.udid, full: true, encryption: 'on', password: 'secret' }, run());
    const closed = await estimate(phone);
    assert.equal(closed.sources.find(({ id }) => id === 'last-backup')?.finding?.code, 'estimate.last-closed');
    assert.ok(Math.abs(closed.total.likely - entry.size) < entry.size * 0.05);
    const open = await estimate(phone, false, run(), 'secret');
    assert.ok((row(open, 'category:health')?.size.likely ?? 0) > 0);
    const wrong = await estimate(phone, false, run(), 'wrong');
    assert.deepEqual(wrong.sources.find(({ id }) => id === 'last-backup')?.finding?.facts, { source: 'last-backup', code: 'data.password' });
  });

  it('estimates from the last backup alone when the device is gone, and fails when there is none', async () => {
    const phone = await paired();
    const engine = stage.engine(phone);
    const entry = await engine.backup({ udid: phone.udid, full: true, encryption: 'keep' }, run());
    phone.phone.powerOff();
    const last = await estimate(phone);
    assert.match(states(last), /apps:failed camera-roll:failed .*last-backup:done/);
    assert.ok(Math.abs(last.total.likely - entry.size) < entry.size * 0.03);
    await assert.rejects(stage.engine(phone, 'empty').estimate({ udid: phone.udid, experiment: false }, run()), { code: 'device.gone' });
  });

  it('goes on without what a phone refuses', async () => {
    const phone = await paired({ moods: { refuseValues: true } });
    const last = await estimate(phone);
    assert.equal(last.isComplete, true);
    assert.ok((row(last, 'category:photos')?.size.likely ?? 0) > 0);
    for (const { size } of last.rows) assert.ok(Number.isSafeInteger(size.likely));
  });

  it('leaves out sizes and names that cannot be', async () => {
    const content = createContent({ kind: 'tiny' }, { seed: 7, ios: '18.5', productType: 'iPhone16,1', language: 'en', clock });
    const hostile: Partial<PhoneApp>[] = [
      { dynamicUsage: -5, staticUsage: -1 },
      { dynamicUsage: 9e15, name: '\u202e'.repeat(5000) },
      { dynamicUsage: 3e11, name: '' },
      { dynamicUsage: 0.5 },
      { bundleId: '../../etc', dynamicUsage: 1000 },
      { bundleId: '__proto__', dynamicUsage: 1000 },
    ];
    const [model] = content.apps();
    assert.ok(model);
    const apps = [...content.apps(), ...hostile.map((change, n) => ({ ...model, bundleId: `com.example.hostile${n}`, groups: [], ...change }))];
    const phone = await paired({ content: withApps(content, apps), moods: { freeSpace: 240_000_000_000 } });
    const last = await estimate(phone);
    assert.deepEqual(last.rows.filter(({ id }) => id.includes('hostile')).map(({ id }) => id), []);
    assert.equal(row(last, 'app:../../etc'), undefined);
    for (const { name, size } of last.rows) {
      assert.ok(name.length <= 100);
      assert.ok(Number.isSafeInteger(size.low) && Number.isSafeInteger(size.likely) && Number.isSafeInteger(size.high) && size.high < 1e12);
    }
  });

  it('asks what the phone demands, in a folder that is never touched', async () => {
    const phone = await paired({ moods: { purge: true, passcode: 'answered', passcodeDelay: 50 } });
    const job = run();
    const last = await estimate(phone, true, job);
    assert.deepEqual(last.demand, { bytes: phone.phone.content.totals.bytes, isPlausible: true });
    assert.equal(last.total.likely, phone.phone.content.totals.bytes);
    assert.deepEqual(job.events.flatMap((event) => (event.type === 'notice' ? [event.notice] : [])).filter(({ code }) => code === 'passcode-prompt').map((notice) => 'shown' in notice && notice.shown), [true, false]);
    assert.deepEqual((await readdir(stage.path('library'))).filter((name) => name !== 'library.json'), []);
    const entry = await stage.engine(phone).backup({ udid: phone.udid, full: false, encryption: 'keep' }, run());
    assert.equal(entry.isComplete, true, 'a backup right after it is as ever');
  });

  it('says when the phone does not name its demand, is too old for it, or nobody enters the passcode', async () => {
    const code = async (options: Parameters<Stage['phone']>[0]): Promise<string | undefined> => {
      const phone = await paired(options);
      const last = await estimate(phone, true);
      assert.equal(last.demand, undefined);
      const finding = last.sources.find(({ id }) => id === 'demand')?.finding;
      return finding?.code === 'estimate.source-failed' ? String(finding.facts['code']) : finding?.code;
    };
    assert.equal(await code({ seed: 11 }), 'estimate.demand-unnamed');
    assert.equal(await code({ seed: 12, ios: '13.7' }), 'estimate.demand-needs-ios');
    assert.equal(await code({ seed: 13, moods: { passcode: 'refused', passcodeDelay: 10 } }), 'mb.208');
  });

  it('cuts the link when the phone goes on to write', async () => {
    const phone = await paired({ moods: { claimedUploadSize: -(1n << 40n) } });
    const last = await estimate(phone, true);
    assert.equal(last.sources.find(({ id }) => id === 'demand')?.finding?.code, 'estimate.demand-unnamed');
    assert.deepEqual((await readdir(stage.path('library'))).filter((name) => name !== 'library.json'), []);
  });

  it('can be cancelled in the middle of the camera roll', async () => {
    const phone = await paired({ spec: { kind: 'files', files: 3000, bytes: 3_000_000 }, moods: { latency: 50 } });
    const stop = new AbortController();
    const listener = (event: JobEvent): void => {
      if (pictures([event]).some(({ isComplete, rows }) => !isComplete && rows.some(({ id }) => id === 'category:photos'))) stop.abort();
    };
    await assert.rejects(estimate(phone, false, { ...run(stop.signal), listener }), { code: 'cancelled.host' });
  });

  it('is a command, as a table and as JSON', async () => {
    const phone = await paired();
    const args = ['estimate', '--muxer', phone.address, '--library', stage.path('library')];
    const told = await runCli([...args, '--json']);
    assert.equal(resultOf(told)['isComplete'], true);
    assert.ok(jsonLines(told).some(({ type }) => type === 'estimate'));
    const spoken = await runCli(args);
    assert.match(spoken.stdout, /Photos and Videos +\d+(\.\d)? KB .*#.* camera roll/);
    assert.match(spoken.stdout, /iCloud +5 GB fits/);
    const part = resultOf(await runCli([...args, '--json', '--only', 'photos,net.whatsapp.WhatsApp']));
    const tops = (part['rows'] as EstimateRow[]).filter(({ parent }) => parent === undefined || parent === null).map(({ id }) => id);
    assert.deepEqual(tops.toSorted(), ['app:net.whatsapp.WhatsApp', 'category:photos']);
    assert.equal((await runCli([...args, '--only', 'com.example.none'])).code, 2);
  });
});

/** The same content with other apps. */
function withApps(content: PhoneContent, apps: readonly PhoneApp[]): PhoneContent {
  return {
    items: () => content.items(),
    totals: content.totals,
    read: (item, chunkSize) => content.read(item, chunkSize),
    apps: () => apps,
    media: () => content.media(),
    advance: (days) => content.advance(days),
    close: () => content.close(),
  };
}
