import assert from 'node:assert/strict';
import { parseContentSpec } from '../../../../src/virtual-iphone/content/index.ts';

describe('content words', () => {
  it('knows tiny, demo and numbers of files', () => {
    assert.deepEqual(parseContentSpec('tiny'), { kind: 'tiny' });
    assert.deepEqual(parseContentSpec('demo'), { kind: 'demo' });
    assert.deepEqual(parseContentSpec('files=1310000,bytes=86000000000'), { kind: 'files', files: 1_310_000, bytes: 86_000_000_000 });
    assert.deepEqual(parseContentSpec('bytes=9,files=2,sizes=even'), { kind: 'files', files: 2, bytes: 9, sizes: 'even' });
  });

  const refused = ['', 'huge', 'files=1', 'bytes=1', 'files=-1,bytes=2', 'files=1310001,bytes=1', 'files=1e3,bytes=1'];
  for (const text of [...refused, 'files=1,bytes=1,sizes=odd', 'files=1,bytes=1,x=2']) {
    it(`refuses "${text}" in words`, () => {
      assert.throws(() => parseContentSpec(text), /Content is "tiny", .*"demo" or/);
    });
  }
});
