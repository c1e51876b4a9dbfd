import assert from 'node:assert/strict';
import { keyOfSavedState, panelKeyLimit } from '../../../src/shared/panel-messages.ts';
import { panelPage } from '../../../src/vscode/panels/panel-page.ts';

const addresses = { source: 'https://*.example', script: 'https://a.example/x.js?a="b"&c', style: 'https://a.example/x.css' };

describe('the page of a panel', () => {
  const page = panelPage(addresses, 'abc123');

  it('runs its own bundle only, and loads nothing from elsewhere', () => {
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1] ?? '';
    assert.match(policy, /^default-src 'none'; script-src 'nonce-abc123'; /);
    assert.doesNotMatch(policy, /unsafe|data:|http:|\*(?!\.example)/);
    assert.equal(page.match(/<script/g)?.length, 1);
    assert.match(page, /<script nonce="abc123" src="https:\/\/a\.example\/x\.js\?a=&quot;b&quot;&amp;c">/);
  });

  it('has no style or script of its own in it', () => {
    assert.doesNotMatch(page, /<style|style=|\son\w+=/);
  });
});

describe('the saved state of a panel', () => {
  it('tells its key', () => {
    assert.equal(keyOfSavedState({ key: '00008120-000A1B2C3D4E5F60', more: 1 }), '00008120-000A1B2C3D4E5F60');
  });

  it('that is not of our making tells none', () => {
    for (const state of [undefined, null, 'key', 7, [], {}, { key: 7 }, { key: '' }, { key: 'x'.repeat(panelKeyLimit + 1) }]) {
      assert.equal(keyOfSavedState(state), undefined);
    }
  });
});
