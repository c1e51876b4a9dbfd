import assert from 'node:assert/strict';
import type { SecretStorage } from 'vscode';
import { Passwords } from '../../../src/vscode/passwords.ts';

/** The part of the editor's secret storage that is used, in memory. */
function secretStorage(): { readonly kept: Map<string, string>; readonly storage: SecretStorage } {
  const kept = new Map<string, string>();
  const storage: SecretStorage = {
    get: (key) => Promise.resolve(kept.get(key)),
    store: (key, value) => Promise.resolve(void kept.set(key, value)),
    delete: (key) => Promise.resolve(void kept.delete(key)),
    keys: () => Promise.resolve([...kept.keys()]),
    onDidChange: () => ({ dispose: () => undefined }),
  };
  return { kept, storage };
}

describe('remembered passwords', () => {
  it('come back as they were, blanks, line breaks and other scripts included', async () => {
    const passwords = new Passwords(secretStorage().storage);
    for (const password of ['plum kiln rope', ' leading and trailing ', 'a\nb', '密码 🔑', '']) {
      await passwords.remember('udid', password);
      assert.equal(await passwords.get('udid'), password);
    }
  });

  it('belong to one device each and are gone once forgotten', async () => {
    const { kept, storage } = secretStorage();
    const passwords = new Passwords(storage);
    await passwords.remember('one', 'first');
    await passwords.remember('two', 'second');
    await passwords.forget('one');
    assert.deepEqual([await passwords.get('one'), await passwords.get('two')], [undefined, 'second']);
    assert.equal(kept.size, 1);
  });

  it('tell since when they hold', async () => {
    const passwords = new Passwords(secretStorage().storage);
    const before = Date.now();
    await passwords.remember('udid', 'x');
    const since = (await passwords.recall('udid'))?.since.getTime() ?? 0;
    assert.ok(since >= before && since <= Date.now());
  });

  it('that are not of our making count as none', async () => {
    const { kept, storage } = secretStorage();
    kept.set('backupPassword:udid', 'nonsense');
    assert.equal(await new Passwords(storage).get('udid'), undefined);
  });
});
