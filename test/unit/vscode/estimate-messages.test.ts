import assert from 'node:assert/strict';
import { parseEstimateMessage, planOfSavedState } from '../../../src/vscode/panels/estimate-messages.ts';

describe('messages of the estimate panel', () => {
  it('are taken as they are meant', () => {
    const ticks = { all: true, rows: [['category:photos', false]] };
    assert.deepEqual(parseEstimateMessage({ type: 'back-up', ticks, more: 1 }), { type: 'back-up', ticks });
    assert.deepEqual(parseEstimateMessage({ type: 'copy', format: 'csv' }), { type: 'copy', format: 'csv' });
    assert.deepEqual(parseEstimateMessage({ type: 'refresh', ticks: 7 }), { type: 'refresh' });
  });

  it('of any other shape are ignored', () => {
    const rows = (value: unknown): unknown => ({ type: 'back-up', ticks: { all: true, rows: value } });
    const wrong: unknown[] = [
      undefined, null, 'refresh', 7, [], {}, { type: 'delete' }, { type: 'copy' }, { type: 'copy', format: 'html' }, { type: 'back-up' },
      { type: 'save-plan', ticks: { rows: [] } }, rows('x'), rows([['a']]), rows([['a', 1]]), rows([[7, true]]), rows([['x'.repeat(501), true]]),
      rows(Array.from({ length: 10_001 }, () => ['a', true])),
    ];
    for (const message of wrong) assert.equal(parseEstimateMessage(message), undefined, JSON.stringify(message)?.slice(0, 80));
  });
});

describe('the plan in the saved state of the estimate page', () => {
  it('is a URI of some scheme, and nothing else', () => {
    for (const plan of ['file:///home/me/a%20b.iphone-backup.yaml', 'vscode-remote://ssh/x.yaml', 'untitled:Untitled-1']) assert.equal(planOfSavedState({ key: 'x', plan }), plan);
    const wrong = [undefined, null, 7, 'file:///a', {}, { plan: 7 }, { plan: {} }, { plan: '' }, { plan: 'no uri' }, { plan: '/a.yaml' }, { plan: 'file:///a b' }, { plan: 'untitled:////x' }, { plan: `file:///${'x'.repeat(4_000)}` }];
    for (const state of wrong) assert.equal(planOfSavedState(state), undefined, JSON.stringify(state)?.slice(0, 60));
  });
});
