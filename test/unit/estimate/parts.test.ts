import assert from 'node:assert/strict';
import { AgeCurve } from '../../../src/estimate/age-curve.ts';
import { uncheckPath } from '../../../src/estimate/cloud-plans.ts';
import { demandFolder, reportedSpace } from '../../../src/estimate/demand-folder.ts';
import { RowTree } from '../../../src/estimate/row-tree.ts';
import { exactly, independentSum, range, sum } from '../../../src/estimate/size-range.ts';
import { timeAhead } from '../../../src/estimate/time-ahead.ts';
import { YearTally } from '../../../src/estimate/year-tally.ts';
import { daysAgo } from './support/facts.ts';

describe('estimate: ranges', () => {
  it('are in order and finite whatever they are made from', () => {
    for (const [low, likely, high] of [[5, 3, 1], [-1, -2, -3], [Number.NaN, Number.NaN, Number.NaN], [0, Infinity, 1], [1, 2, Infinity]] as const) {
      const size = range(low, likely, high);
      assert.ok(Number.isSafeInteger(size.low) && size.low >= 0 && size.low <= size.likely && size.likely <= size.high && Number.isSafeInteger(size.high));
    }
  });

  it('add up, narrower where errors are independent', () => {
    const many = Array.from({ length: 100 }, () => range(0, 10, 20));
    assert.deepEqual(sum(many), { low: 0, likely: 1000, high: 2000 });
    assert.deepEqual(independentSum(many), { low: 900, likely: 1000, high: 1100 });
  });
});

describe('estimate: ages', () => {
  it('tell how much is not older than a time', () => {
    const curve = new AgeCurve();
    curve.add(1800, 100);
    curve.add(86_400, 1000);
    curve.add(86_400 * 10_000, 1e9);
    curve.add(-5, 1);
    assert.equal(curve.within(3600), 101);
    assert.ok(curve.within(86_400) > 500 && curve.within(86_400) <= 1101);
    assert.equal(curve.within(86_400 * 30), 1101);
  });

  it('never fall with time', () => {
    const curve = new AgeCurve();
    for (let age = 100; age < 1e8; age *= 1.7) curve.add(age, age);
    let last = 0;
    for (let age = 0; age < 2e8; age = age * 1.3 + 60) {
      assert.ok(curve.within(age) >= last);
      last = curve.within(age);
    }
  });
});

describe('estimate: years', () => {
  it('take clocks that were never set for no year', () => {
    const tally = new YearTally();
    for (const date of [new Date(0), undefined, new Date(Number.NaN), new Date('2400-01-01')]) tally.add(date, 'picture', 1);
    tally.add(new Date(2024, 5, 1), 'video', 5);
    tally.add(new Date(2025, 5, 1), 'sidecar', 7);
    assert.deepEqual(tally.years().map(({ year, pictures, videos }) => [year, pictures.bytes, videos.bytes]), [[2025, 7, 0], [2024, 0, 5], [undefined, 4, 0]]);
  });
});

describe('estimate: the tree of rows', () => {
  it('sums up from below, parents first, the largest first', () => {
    const tree = new RowTree();
    const leaf = (id: string, parent: string, bytes: number, before: number | undefined) =>
      tree.add({ id, parent, kind: 'app', name: id, size: exactly(bytes), files: 1, source: 'apps', before, term: undefined });
    leaf('a', tree.category('whatsapp'), 5, 1);
    leaf('b', tree.category('apps'), 9, undefined);
    leaf('c', tree.category('notes'), 100, 2);
    assert.deepEqual(tree.rows().map(({ id, size, files, before }) => [id, size.likely, files, before]), [
      ['category:notes', 100, 1, 2], ['c', 100, 1, 2],
      ['category:apps', 14, 2, 1], ['b', 9, 1, undefined], ['category:whatsapp', 5, 1, 1], ['a', 5, 1, 1],
    ]);
  });
});

describe('estimate: the time of the next run', () => {
  it('is that of the preparations where hardly anything is sent', () => {
    const runs = [{ date: daysAgo(1), isFull: false, bytes: 1e6, seconds: 30, size: 1e10, connection: undefined }, { date: daysAgo(2), isFull: true, bytes: 1e10, seconds: 530, size: 1e10, connection: undefined }];
    const time = timeAhead(exactly(1e6), runs);
    assert.ok(time && time.low > 10 && time.high < 100, JSON.stringify(time));
  });

  it('does not take the wait for a passcode for a slow cable', () => {
    const run = { isFull: true, bytes: 1e9, size: 1e9, connection: undefined };
    const runs = [{ ...run, date: daysAgo(1), seconds: 700, receiving: 50 }, { ...run, date: daysAgo(2), seconds: 110, receiving: 50 }, { ...run, date: daysAgo(3), seconds: 120, receiving: 50 }];
    const time = timeAhead(exactly(2e9), runs);
    assert.deepEqual(time && [Math.round(time.low), Math.round(time.high)], [149, 191]);
  });

  it('is never a figure that is none', () => {
    for (const run of [{ bytes: 0, seconds: 0 }, { bytes: -1, seconds: 5 }, { bytes: 1e9, seconds: Number.NaN }]) {
      assert.equal(timeAhead(exactly(1e9), [{ date: daysAgo(1), isFull: true, size: 1, connection: undefined, ...run }]), undefined);
    }
  });
});

describe('estimate: the experiment\'s folder', () => {
  it('reports less space than there is, never more', () => {
    for (const free of [0n, 5n, 10_000_000n, 10n ** 15n]) assert.ok(reportedSpace(free) <= free);
    assert.equal(reportedSpace(10n ** 15n), 10_000_000n);
  });

  it('has nothing and takes nothing', async () => {
    const folder = demandFolder(10n ** 12n);
    assert.deepEqual(await folder.list('x'), []);
    assert.equal(await folder.read('x/Status.plist'), undefined);
    await assert.rejects(folder.createDirectory('x'), { kind: 'cancelled' });
    await assert.rejects(folder.remove('x'), { kind: 'cancelled' });
    assert.throws(() => folder.write('x/Status.plist'), { kind: 'cancelled' });
  });
});

describe('estimate: where iCloud\'s list is', () => {
  it('goes by the version', () => {
    const step = (ios: string | undefined): string | undefined => uncheckPath(ios).at(-3);
    assert.deepEqual(['26.1', '18.5', '17.0', '16.1', '15.8', '12.5.7'].map(step), ['Storage', 'Storage', 'Manage Account Storage', 'Manage Account Storage', 'Manage Storage', 'Manage Storage']);
    assert.deepEqual(uncheckPath('9.3'), ['Settings', 'iCloud', 'Storage', 'Manage Storage', '[this device]']);
    assert.ok(uncheckPath(undefined).length > 0 && uncheckPath('nonsense').length > 0);
  });
});
