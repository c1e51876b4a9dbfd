import assert from 'node:assert/strict';
import { assemble } from '../../../src/estimate/index.ts';
import type { EstimateFacts } from '../../../src/estimate/facts.ts';
import type { Estimate, EstimateRow } from '../../../src/shared/estimate.ts';
import { appOf, cameraOf, daysAgo, factsOf, partOf, sizesOf, sourcesIn } from './support/facts.ts';

const rowOf = (estimate: Estimate, id: string): EstimateRow => {
  const row = estimate.rows.find((each) => each.id === id);
  assert.ok(row, `${id} among ${estimate.rows.map((each) => each.id).join(', ')}`);
  return row;
};

const lastOf = (sizes: ReturnType<typeof sizesOf>): EstimateFacts['last'] => ({ id: 'x', date: daysAgo(10), size: sizes.bytes, isEncrypted: false, sizes });

describe('estimate: the phone alone', () => {
  const usage = { dataCapacity: 248e9, used: 100e9, voicemail: undefined };

  it('knows nothing of a phone that refuses all, and says so without a figure', () => {
    const estimate = assemble(factsOf({ sources: sourcesIn('failed') }));
    assert.deepEqual(estimate.total, { low: 0, likely: 0, high: 0 });
    assert.deepEqual(estimate.rows, []);
    assert.deepEqual(estimate.findings.map(({ code }) => code), ['estimate.rest-unknown']);
    assert.equal(estimate.isComplete, true);
  });

  it('counts photos as they are, by year and kind', () => {
    const estimate = assemble(factsOf({ camera: cameraOf(30e9, { newBytes: 2e9 }), usage }));
    assert.deepEqual(rowOf(estimate, 'category:photos').size, { low: 30e9, likely: 30e9, high: 30e9 });
    assert.equal(rowOf(estimate, 'year:2025/pictures').parent, 'category:pictures');
    assert.deepEqual(rowOf(estimate, 'year:2025/pictures').term, { kind: 'category', id: 'pictures', where: { after: '2025-01-01', before: '2025-12-31' } });
    assert.deepEqual(['category:pictures', 'category:videos'].map((id) => [rowOf(estimate, id).parent, rowOf(estimate, id).size.likely]), [['category:photos', 28e9], ['category:photos', 2e9]]);
    assert.deepEqual(rowOf(estimate, 'category:videos').term, { kind: 'category', id: 'videos' });
  });

  it('gives photos a range with a reason where iCloud Photos is on', () => {
    const estimate = assemble(factsOf({ camera: cameraOf(30e9, { isCloud: true }), usage }));
    assert.deepEqual(rowOf(estimate, 'category:photos').size, { low: 0, likely: 30e9, high: 30e9 });
    assert.ok(estimate.findings.some(({ code }) => code === 'estimate.icloud-photos'));
  });

  it('multiplies a walk under way up to the names it knows of', () => {
    const estimate = assemble(factsOf({ camera: cameraOf(1e9, { listed: 10 }), usage, sources: sourcesIn('done', { 'camera-roll': 'running' }) }));
    assert.equal(rowOf(estimate, 'category:photos').size.likely, 10e9);
    assert.equal(estimate.total.high, 100e9, 'all data of the phone while not all is looked at');
    assert.equal(estimate.isComplete, false);
  });

  it('leaves the caches of an app out, more of an app that streams', () => {
    const apps = [appOf('org.whispersystems.signal', 1e9), appOf('com.example.songs', 1e9, { genre: 'Music' }), appOf('com.example.other', 1e9)];
    const estimate = assemble(factsOf({ apps, usage }));
    const [messenger, songs, other] = apps.map(({ bundleId }) => rowOf(estimate, `app:${bundleId}`).size);
    assert.ok(messenger && songs && other && messenger.likely > other.likely && other.likely > songs.likely);
    for (const size of [messenger, songs, other]) assert.ok(size.low > 0 && size.high === 1e9);
  });

  it('shows an app under the category it is of', () => {
    const apps = [appOf('net.whatsapp.WhatsApp', 1e9), appOf('com.apple.mobilenotes', 1e6, { type: 'System' }), appOf('com.example.game', 1e6)];
    const estimate = assemble(factsOf({ apps, usage }));
    assert.deepEqual(apps.map(({ bundleId }) => rowOf(estimate, `app:${bundleId}`).parent), ['category:whatsapp', 'category:notes', 'category:apps']);
    assert.equal(rowOf(estimate, 'category:whatsapp').parent, 'category:apps');
  });

  it('takes the rest of the storage for what the phone does not list, and some of it for the system\'s own', () => {
    const apps = [appOf('com.example.game', 10e9, { staticUsage: 20e9 })];
    const estimate = assemble(factsOf({ apps, usage, camera: cameraOf(50e9) }));
    const { size } = rowOf(estimate, 'other:rest');
    assert.ok(estimate.findings.some(({ code }) => code === 'estimate.rest-together'), 'says why this is one line');
    assert.ok(size.low === 0 && size.likely > 5e9 && size.likely < 15e9 && size.high < 20e9, JSON.stringify(size));
    assert.ok(estimate.total.high <= 80e9, 'no more than the data without the apps themselves');
  });

  it('never lets a figure in that cannot be', () => {
    const apps = [appOf('com.example.a', 5e12), appOf('com.example.b', undefined), appOf('com.example.c', 1e9, { staticUsage: 9e14 })];
    const estimate = assemble(factsOf({ apps, usage, camera: cameraOf(1e9) }));
    assert.deepEqual(estimate.rows.filter(({ kind }) => kind === 'app').map(({ id }) => id), ['app:com.example.c']);
    assert.deepEqual(estimate.findings.find(({ code }) => code === 'estimate.absurd-apps')?.facts, { count: 1 });
    for (const { size } of estimate.rows) assert.ok(Number.isSafeInteger(size.likely) && size.high <= 100e9);
  });

  it('cuts names, and does not split a character', () => {
    const estimate = assemble(factsOf({ apps: [appOf('com.example.a', 1e6, { name: '😀'.repeat(500) })], usage }));
    const { name } = rowOf(estimate, 'app:com.example.a');
    assert.ok(name.length <= 100 && name.isWellFormed());
  });

  it('does 2,000 apps in no time, and the whole is surer than the sum of the parts', () => {
    const apps = Array.from({ length: 2000 }, (_, n) => appOf(`com.example.app${n}`, 1e7));
    const start = performance.now();
    const estimate = assemble(factsOf({ apps, usage, camera: cameraOf(1e9) }));
    assert.ok(performance.now() - start < 1000);
    assert.equal(estimate.rows.filter(({ kind }) => kind === 'app').length, 2000);
    const { size } = rowOf(estimate, 'category:apps');
    const other = rowOf(estimate, 'other:rest').size;
    assert.ok(estimate.total.high - estimate.total.low - (other.high - other.low) < (size.high - size.low) / 2);
  });

  it('believes a demand that the phone can mean, and no other', () => {
    const known = { usage, camera: cameraOf(20e9), apps: [] };
    const believed = assemble(factsOf({ ...known, demand: 40e9 }));
    assert.deepEqual([believed.demand, believed.total.likely, believed.total.high], [{ bytes: 40e9, isPlausible: true }, 40e9, 40e9]);
    for (const demand of [967_252_656_723, -5, 2 ** 62]) {
      const estimate = assemble(factsOf({ ...known, demand }));
      assert.deepEqual(estimate.demand, { bytes: demand, isPlausible: false });
      assert.ok(estimate.total.high <= 100e9);
      assert.ok(estimate.findings.some(({ code }) => code === 'estimate.demand-implausible'));
    }
  });
});

describe('estimate: with a last backup', () => {
  const usage = { dataCapacity: 248e9, used: 100e9, voicemail: undefined };

  it('shows each category, app and domain with what it had', () => {
    const sizes = sizesOf(
      partOf('HomeDomain', 'messages', 5e8),
      partOf('HomeDomain', 'settings', 1e8),
      partOf('MediaDomain', 'message-attachments', 8e9),
      partOf('AppDomain-com.example.game', 'apps', 1e9),
      partOf('AppDomainGroup-group.com.example.game', 'apps', 5e8),
      partOf('NobodyKnowsDomain', undefined, 7),
    );
    const estimate = assemble(factsOf({ last: lastOf(sizes), usage, apps: [appOf('com.example.game', 3e9, { name: 'Game' })] }));
    assert.equal(rowOf(estimate, 'app:com.example.game').before, 1.5e9, 'its group is its own');
    assert.equal(rowOf(estimate, 'app:com.example.game').name, 'Game');
    assert.equal(rowOf(estimate, 'category:messages').before, 5e8);
    assert.equal(rowOf(estimate, 'domain:HomeDomain@messages').term, undefined, 'the domain would take the settings along');
    assert.deepEqual(rowOf(estimate, 'domain:MediaDomain@message-attachments').term, { kind: 'domain', domain: 'MediaDomain' });
    assert.equal(rowOf(estimate, 'domain:NobodyKnowsDomain@unknown').parent, 'other:unknown');
    assert.ok(Math.abs(estimate.total.likely - sizes.bytes) < sizes.bytes * 0.01);
  });

  it('shows what came and what went', () => {
    const sizes = sizesOf(partOf('AppDomain-com.example.gone', 'apps', 1e9), partOf('AppDomain-com.apple.hidden', 'apps', 1e6));
    const estimate = assemble(factsOf({ last: lastOf(sizes), usage, apps: [appOf('com.example.fresh', 2e9)] }));
    assert.deepEqual([rowOf(estimate, 'app:com.example.gone').size.high, rowOf(estimate, 'app:com.example.gone').before], [0, 1e9]);
    assert.equal(rowOf(estimate, 'app:com.apple.hidden').size.likely, 1e6, 'hidden apps are still there');
    assert.equal(rowOf(estimate, 'app:com.example.fresh').before, 0);
    assert.ok(rowOf(estimate, 'app:com.example.fresh').size.likely > 0);
  });

  it('sees from the last backup that photos are left out, as those are that iCloud has', () => {
    const sizes = sizesOf(partOf('CameraRollDomain', 'photos', 1.9e9));
    const { size } = rowOf(assemble(factsOf({ last: lastOf(sizes), usage, camera: cameraOf(20e9, { newBytes: 1e9, isCloud: true }) })), 'category:photos');
    assert.ok(size.likely === 2e9 && size.low < 2e9 && size.high < 5e9, JSON.stringify(size));
  });

  it('sees which apps grew since the phone was last asked', () => {
    const sizes = sizesOf(partOf('AppDomain-com.example.grew', 'apps', 2e9), partOf('AppDomain-com.example.same', 'apps', 2e9));
    const appsBefore = { date: daysAgo(10), apps: new Map([['com.example.grew', 4e9], ['com.example.same', 4e9]]) };
    const estimate = assemble(factsOf({ last: lastOf(sizes), usage, appsBefore, apps: [appOf('com.example.grew', 6e9), appOf('com.example.same', 4e9)] }));
    const [grew, same] = ['app:com.example.grew', 'app:com.example.same'].map((id) => rowOf(estimate, id).size);
    assert.ok(grew && same && grew.likely >= 2.5e9 && grew.likely <= 4e9 && grew.high >= 4e9, JSON.stringify(grew));
    assert.equal(same.likely, 2e9);
  });

  it('lets no container be larger than the phone says', () => {
    const sizes = sizesOf(partOf('AppDomain-com.example.a', 'apps', 5e9));
    const estimate = assemble(factsOf({ last: lastOf(sizes), usage, apps: [appOf('com.example.a', 1e9)] }));
    assert.equal(rowOf(estimate, 'app:com.example.a').size.high, 1e9);
  });

  it('tells what an incremental run transfers: new photos and what usually changes', () => {
    const sizes = sizesOf(partOf('HomeDomain', 'messages', 5e8, 4e8), partOf('AppDomain-com.example.a', 'apps', 5e9), partOf('CameraRollDomain', 'photos', 19e9));
    const estimate = assemble(factsOf({ last: lastOf(sizes), usage, camera: cameraOf(20e9, { newBytes: 1e9 }) }));
    const { transfer } = estimate;
    assert.ok(transfer && transfer.low >= 1e9 && transfer.likely >= 1.4e9 && transfer.likely < 1.7e9 && transfer.high < 3e9, JSON.stringify(transfer));
  });

  it('expects everything to be sent after a change of encryption', () => {
    const sizes = sizesOf(partOf('HomeDomain', 'messages', 5e9));
    const estimate = assemble(factsOf({ last: lastOf(sizes), usage, isEncrypted: true }));
    assert.deepEqual(estimate.transfer, estimate.total);
    assert.ok(estimate.findings.some(({ code }) => code === 'estimate.encryption-changed'));
  });

  it('goes by the whole of a backup that stays closed, and by the photos since', () => {
    const last = { id: 'x', date: daysAgo(10), size: 50e9, isEncrypted: true, sizes: undefined };
    const estimate = assemble(factsOf({ last, usage, isEncrypted: true, camera: cameraOf(20e9, { newBytes: 1e9 }), apps: [] }));
    assert.equal(estimate.total.likely, 51e9);
    assert.ok(estimate.total.low < 50e9 && estimate.total.high > 51e9);
  });
});

describe('estimate: what follows', () => {
  const usage = { dataCapacity: 248e9, used: 30e9, voicemail: undefined };

  it('says which iCloud plans do, and what to leave out for the free one: the largest first, no more than needed', () => {
    const sizes = sizesOf(partOf('HomeDomain', 'messages', 3e9), partOf('AppDomain-com.example.big', 'apps', 6e9), partOf('AppDomain-com.example.small', 'apps', 1e9));
    const estimate = assemble(factsOf({ last: lastOf(sizes), usage, apps: [appOf('com.example.big', 6e9), appOf('com.example.small', 1e9)] }));
    assert.deepEqual(estimate.clouds.map(({ bytes, fits }) => [bytes / 1e9, fits]), [[5, 'no'], [50, 'yes'], [200, 'yes'], [2000, 'yes'], [6000, 'yes'], [12_000, 'yes']]);
    assert.deepEqual(estimate.uncheck.map(({ rowId }) => rowId), ['app:com.example.big']);
  });

  it('asks for nothing to be left out when all fits', () => {
    const estimate = assemble(factsOf({ last: lastOf(sizesOf(partOf('HomeDomain', 'messages', 3e9))), usage }));
    assert.deepEqual(estimate.uncheck, []);
    assert.equal(estimate.clouds[0]?.fits, 'yes');
  });

  it('tells the time from earlier runs, none before the first', () => {
    const last = lastOf(sizesOf(partOf('HomeDomain', 'messages', 10e9)));
    assert.equal(assemble(factsOf({ last, usage })).seconds, undefined);
    const runs = [{ date: daysAgo(10), isFull: true, bytes: 10e9, seconds: 1000, size: 10e9, connection: undefined }, { date: daysAgo(20), isFull: true, bytes: 9e9, seconds: 600, size: 9e9, connection: undefined }];
    const { seconds } = assemble(factsOf({ last, usage, runs, isEncrypted: true }));
    assert.ok(seconds && seconds.low > 500 && seconds.low < seconds.high && seconds.high < 2000, JSON.stringify(seconds));
  });
});
