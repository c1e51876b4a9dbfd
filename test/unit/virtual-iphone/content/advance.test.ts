import assert from 'node:assert/strict';
import { digest, make, nameOf, withDatabase, bytesOf, find } from './helpers.ts';

interface Seen {
  readonly facts: string;
  readonly content: string;
}

function look(content: ReturnType<typeof make>): Map<string, Seen> {
  const seen = new Map<string, Seen>();
  for (const item of content.items()) {
    if (item.kind !== 'file') continue;
    const facts = `${item.size} ${item.modified} ${item.inode} ${item.protectionClass}`;
    seen.set(nameOf(item), { facts, content: digest(content, item) });
  }
  return seen;
}

describe('three weeks of a phone', function () {
  this.timeout(30_000);

  it('changes what it says about a file whenever its content changes', () => {
    const content = make('tiny');
    let before = look(content);
    for (let day = 1; day <= 21; day++) {
      content.advance(1);
      const after = look(content);
      for (const [name, seen] of after) {
        const old = before.get(name);
        if (old && old.content !== seen.content) assert.notEqual(old.facts, seen.facts, name);
      }
      before = after;
    }
  });

  it('brings messages, photos, edits, deletions and app updates, and leaves the rest alone', () => {
    const content = make('demo');
    const before = look(content);
    const versions = new Map(content.apps().map((app) => [app.bundleId, app.version]));
    content.advance(21);
    const after = look(content);
    const added = [...after.keys()].filter((name) => !before.has(name));
    const gone = [...before.keys()].filter((name) => !after.has(name));
    const changed = [...after].filter(([name, seen]) => before.has(name) && before.get(name)?.facts !== seen.facts).map(([name]) => name);
    assert.ok(added.some((name) => name.includes('Media/DCIM/')), 'new photos');
    assert.ok(added.some((name) => name.endsWith('.AAE')), 'edits');
    assert.ok(gone.some((name) => name.includes('Media/DCIM/')), 'deleted photos');
    assert.ok(changed.includes('HomeDomain-Library/SMS/sms.db'));
    assert.ok(changed.includes('CameraRollDomain-Media/PhotoData/Photos.sqlite'));
    assert.ok(content.apps().some((app) => versions.get(app.bundleId) !== app.version), 'app updates');
    const touched = added.length + gone.length + changed.length;
    assert.ok(touched < before.size / 4, `${added.length} added, ${gone.length} gone, ${changed.length} changed of ${before.size}`);
  });

  it('never goes back on what was said', () => {
    const messages = (content: ReturnType<typeof make>): unknown[] => {
      return withDatabase(bytesOf(content, find(content, 'HomeDomain', 'Library/SMS/sms.db')), (database) => {
        const query = database.prepare('SELECT ROWID, guid, text, date FROM message ORDER BY ROWID');
        query.setReadBigInts(true);
        return query.all();
      });
    };
    const content = make('tiny');
    const early = messages(content);
    content.advance(9);
    const late = messages(content);
    assert.ok(late.length > early.length);
    assert.deepEqual(late.slice(0, early.length), early);
  });

  it('ends after ten years', () => {
    const content = make('tiny');
    assert.throws(() => content.advance(4000), /3650 days/);
    assert.ok(content.advance(1));
  });

  it('has nothing from the future', () => {
    const content = make('demo');
    content.advance(10);
    const now = Date.UTC(2026, 2, 11, 10) / 1000;
    for (const item of content.items()) assert.ok(item.modified <= now, nameOf(item));
  });
});
