import assert from 'node:assert/strict';
import type { PhoneItem } from '../../../../src/virtual-iphone/contract.ts';
import { encryptedOnly } from '../../../../src/virtual-iphone/content/index.ts';
import { sharedDemo } from './helpers.ts';

/*
 * Against a real encrypted backup of iOS 14.3: 2,618 directories, 1,089 files, 14 links; files by protection class
 * 581 x 3, 499 x 4, 7 x 1, 2 x 2; 14 plain domains, 107 AppDomain, 38 AppDomainGroup, 363 AppDomainPlugin,
 * 15 SysContainerDomain, 24 SysSharedContainerDomain.
 */

const share = (part: number, whole: number): number => part / whole;
const near = (actual: number, expected: number, tolerance: number, what: string): void => {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} instead of ${expected} ± ${tolerance}`);
};

for (const seed of [1, 2, 3]) {
  describe(`the demo phone with seed ${seed} beside a real one`, () => {
    let items: readonly PhoneItem[];
    before(() => {
      items = [...sharedDemo(seed).items()];
    });
    const files = (): PhoneItem[] => items.filter((item) => item.kind === 'file');

    it('has its domains', () => {
      const domains = [...new Set(items.map((item) => item.domain))];
      const counts = new Map<string, number>();
      for (const domain of domains) {
        const kind = domain.includes('-') ? domain.slice(0, domain.indexOf('-')) : 'plain';
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
      }
      const apps = { AppDomain: 107, AppDomainGroup: 38, AppDomainPlugin: 363 };
      assert.deepEqual(Object.fromEntries(counts), { plain: 14, ...apps, SysContainerDomain: 15, SysSharedContainerDomain: 24 });
    });

    it('has its kinds of items', () => {
      near(share(files().length, items.length), share(1089, 3721), 0.03, 'files');
      near(share(items.filter((item) => item.kind === 'directory').length, items.length), share(2618, 3721), 0.03, 'directories');
      near(items.filter((item) => item.kind === 'link').length, 14, 3, 'links');
    });

    it('has its protection classes', () => {
      const of = (protectionClass: number): number => files().filter((item) => item.protectionClass === protectionClass).length;
      near(share(of(3), files().length), share(581, 1089), 0.07, 'class 3');
      near(share(of(4), files().length), share(499, 1089), 0.07, 'class 4');
      near(of(1), 7, 4, 'class 1');
      near(of(2), 2, 1, 'class 2');
      assert.ok(items.every((item) => item.kind === 'file' || item.protectionClass === 0));
    });

    it('has a similar share of files with a digest', () => {
      const digestDomains = /^(Home|Root|Wireless|Health|Keyboard|SystemPreferences|Database|Install|Keychain|HomeKit|Managed\w+)Domain$/;
      const digested = files().filter((item) => digestDomains.test(item.domain)).length;
      assert.ok(share(digested, files().length) > 0.15 && share(digested, files().length) < 0.5, `${digested} of ${files().length}`);
    });

    it('differs in size from its content for about one file in a hundred, databases all of them', () => {
      const content = sharedDemo(seed);
      const different = [...content.items()].filter((item) => {
        if (item.kind !== 'file') return false;
        let bytes = 0;
        for (const chunk of content.read(item, 1 << 20)) bytes += chunk.length;
        return bytes !== item.size;
      });
      near(share(different.length, files().length), 0.01, 0.007, 'differing sizes');
      assert.ok(different.every((item) => /\.(db|sqlite|sqlitedb|storedata)$/.test(item.path)));
    });

    it('gives every item its own inode and a row to every ancestor, roots first', () => {
      const seen = new Set<string>();
      for (const item of items) {
        const parent = item.path.slice(0, Math.max(0, item.path.lastIndexOf('/')));
        if (item.path !== '') assert.ok(seen.has(`${item.domain}-${parent}`), `${item.domain}-${item.path}`);
        seen.add(`${item.domain}-${item.path}`);
      }
      assert.equal(seen.size, items.length);
      assert.equal(new Set(items.map((item) => item.inode)).size, items.length);
    });

    it('lists plug-ins first and each domain in one piece', () => {
      const order = items.map((item) => item.domain).filter((domain, index, all) => domain !== all[index - 1]);
      assert.equal(new Set(order).size, order.length);
      const last = order.findLastIndex((domain) => domain.startsWith('AppDomainPlugin-'));
      assert.equal(last, order.filter((domain) => domain.startsWith('AppDomainPlugin-')).length - 1);
    });

    it('has owners, modes and extended attributes of all kinds', () => {
      assert.deepEqual([...new Set(items.map((item) => item.userId))].sort((a, b) => a - b), [0, 25, 33, 501]);
      const kinds = { file: 0o100000, directory: 0o040000, link: 0o120000 };
      assert.ok(items.every((item) => (item.mode & 0o170000) === kinds[item.kind]));
      assert.ok(items.some((item) => item.kind === 'file' && (item.mode & 0o777) === 0o600));
      const attributed = items.filter((item) => item.extendedAttributes !== undefined).length;
      assert.ok(attributed > 50 && attributed < items.length / 5, `${attributed}`);
      assert.ok(items.some((item) => item.flags === 128) && items.some((item) => item.flags === 0x40000000));
    });

    it('keeps Health and its like for encrypted backups', () => {
      const kept = items.filter((item) => encryptedOnly(item));
      for (const domain of ['HealthDomain', 'HomeKitDomain', 'HomeDomain', 'SystemPreferencesDomain']) {
        assert.ok(kept.some((item) => item.domain === domain), domain);
      }
      assert.ok(kept.every((item) => item.path !== ''), 'roots are in every backup');
    });

    it('is no larger than a few hundred megabytes', () => {
      const { bytes } = sharedDemo(seed).totals;
      assert.ok(bytes > 60_000_000 && bytes < 400_000_000, `${bytes}`);
    });
  });
}
