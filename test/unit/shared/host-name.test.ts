import assert from 'node:assert/strict';
import { hostName } from '../../../src/shared/host-name.ts';

describe('names for any host', () => {
  it('are left as they are where every system takes them', () => {
    for (const name of ['IMG_0001.HEIC', 'a b (2).jpg', '.hidden', 'Füße.txt', '照片.png', 'x'.repeat(200), 'console.log', 'comet.txt']) assert.equal(hostName(name), name);
  });

  it('change what some system refuses, reserves, hides or cuts', () => {
    const names = ['CON', 'aux.jpg', 'COM1.txt', 'lpt9', 'NUL.tar.gz', 'com¹', 'a:b', 'a/b', 'a\\b', '..', '.', '', 'end.', 'end ', 'a\u0000b', 'new\nline', 'x?*"<>|', 'y'.repeat(300), '😀'.repeat(100), '\ud800'];
    for (const name of names) {
      const safe = hostName(name);
      assert.notEqual(safe, name);
      // oxlint-disable-next-line no-control-regex
      assert.doesNotMatch(safe, /[\u0000-\u001f<>:"/\\|?*]|[. ]$|^\.\.?$|^$/);
      assert.doesNotMatch(safe, /^(con|prn|aux|nul|com\d|lpt\d|com¹)(\.|$)/i);
      assert.ok(Buffer.byteLength(safe) <= 200 && safe.isWellFormed(), safe);
      assert.equal(hostName(name), safe, 'the same each time');
    }
  });

  it('stay different when they were different', () => {
    const names = ['a:b.jpg', 'a?b.jpg', 'a*b.jpg', 'a_b.jpg', `${'z'.repeat(300)}1.jpg`, `${'z'.repeat(300)}2.jpg`, 'e\u0301.jpg', '\u00e9.jpg'];
    assert.equal(new Set(names.map(hostName)).size, names.length);
  });

  it('keep their extension', () => {
    assert.match(hostName(`${'z'.repeat(300)}.HEIC`), /\.HEIC$/);
    assert.match(hostName('aux.MOV'), /\.MOV$/);
  });
});
