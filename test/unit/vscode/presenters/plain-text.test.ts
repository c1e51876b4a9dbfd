import assert from 'node:assert/strict';
import { plainText, withoutIcons, withoutLinks } from '../../../../src/vscode/presenters/plain-text.ts';

describe('plainText', () => {
  it('keeps markup as it is written', () => {
    assert.equal(plainText('<b>*Anna*</b> [x](y) $(alert) & "'), '<b>*Anna*</b> [x](y) $(alert) & "');
  });

  it('takes out control characters, line breaks, overrides of direction and invisible characters', () => {
    assert.equal(plainText('A\u0000\u001B[31mn\r\n\tn\u202Ea\u200B!\u2066'), 'A [31mn n a !');
  });

  it('cuts 10,000 characters to the limit, between what a person sees as characters', () => {
    assert.equal(plainText('x'.repeat(10_000)).length, 100);
    const family = '👨‍👩‍👧‍👦';
    assert.equal(plainText(family.repeat(10_000), 10).endsWith('…'), true);
    assert.equal(plainText(`ab${'é'.repeat(20)}`, 5), 'abéé…');
  });

  it('does not break on halves of surrogate pairs', () => {
    assert.equal(plainText('a\uD800b'), 'a\uFFFDb');
  });

  it('leaves the empty string empty', () => {
    assert.equal(plainText(' \n '), '');
  });
});

describe('the guards of quick picks and notifications', () => {
  it('keep the names of icons as text', () => {
    assert.equal(withoutIcons('a $(alert) $(x~spin)'), 'a \\$(alert) \\$(x~spin)');
  });

  it('leave no link that a notification would make', () => {
    assert.doesNotMatch(withoutLinks('[press](command:workbench.action.quit)'), /\[[^\]]+\]\((?:https?|command|file):/);
  });
});
