import assert from 'node:assert/strict';
import { asDict, asString, readPlist } from '../../../../src/plist/index.ts';
import { bytesOf, find, make } from './helpers.ts';

describe('the tiny phone', () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    it(`has one of everything with seed ${seed}`, () => {
      const content = make('tiny', { seed });
      const paths = [...content.items()].map((item) => item.path);
      const files = ['sms.db', 'AddressBook.sqlitedb', 'ChatStorage.sqlite', 'keychain-backup.plist'];
      for (const ending of ['.HEIC', '.JPG', '.PNG', '.MOV', '.m4a', ...files]) {
        assert.ok(paths.some((path) => path.endsWith(ending)), ending);
      }
      assert.ok(paths.length < 350 && content.totals.bytes < 4_000_000, `${paths.length} items, ${content.totals.bytes} bytes`);
    });
  }

  it('has property lists that open', () => {
    const content = make('tiny');
    let count = 0;
    for (const item of content.items()) {
      if (item.kind !== 'file' || !/\.(plist|AAE)$/.test(item.path)) continue;
      assert.ok(asDict(readPlist(bytesOf(content, item))), item.path);
      count++;
    }
    assert.ok(count > 15);
  });

  it('speaks its language', () => {
    const locale = (language: string): string | undefined => {
      const content = make('tiny', { language });
      const item = find(content, 'HomeDomain', 'Library/Preferences/.GlobalPreferences.plist');
      return asString(asDict(readPlist(bytesOf(content, item)))?.['AppleLocale']);
    };
    assert.deepEqual(['en', 'de-AT', 'zh-Hans', 'xx'].map(locale), ['en_US', 'de_DE', 'zh_CN', 'en_US']);
  });

  it('has an app with container, group, caches, icon and licence', () => {
    const content = make('tiny');
    const app = content.apps().find((each) => each.type === 'User');
    assert.ok(app);
    const domains = [`AppDomain-${app.bundleId}`, ...app.groups.map((group) => `AppDomainGroup-${group}`)];
    assert.equal(domains.length, 2);
    let kept = 0;
    for (const item of content.items()) if (item.kind === 'file' && domains.includes(item.domain)) kept += bytesOf(content, item).length;
    assert.ok(kept > 0 && app.dynamicUsage > kept, 'caches are not in a backup');
    assert.ok(app.staticUsage > 1_000_000 && app.icon.length > 0);
  });

  it('refuses files that it does not have', () => {
    const content = make('tiny');
    const item = find(content, 'HomeDomain', 'Library/SMS/sms.db');
    assert.throws(() => [...content.read({ ...item, path: 'Library/SMS/other.db' }, 1000)], RangeError);
  });

  it('refuses an iOS that it cannot be', () => {
    assert.throws(() => make('tiny', { ios: '9.3.5' }), /iOS 10 and later/);
    assert.throws(() => make('tiny', { ios: 'new' }), /iOS 10 and later/);
  });
});
