import assert from 'node:assert/strict';
import { passwordStrength } from '../../../../src/vscode/presenters/password-strength.ts';

describe('the hint at a password', () => {
  const cases: readonly [string, string][] = [
    ['abc', 'short'],
    ['1234', 'weak'],
    ['aaaaaaaaaaaaaaaaaaaa', 'weak'],
    ['abcdefghijklmnop', 'weak'],
    ['kiln7Rope', 'fair'],
    ['plum kiln rope seven', 'strong'],
    ['Tr0ub4dor&3xQ', 'strong'],
  ];
  for (const [password, strength] of cases) it(`is "${strength}" for ${password}`, () => assert.equal(passwordStrength(password), strength));
});
