import assert from 'node:assert/strict';
import { parseReportMessage } from '../../../src/vscode/panels/report-messages.ts';

describe('messages of the report panel', () => {
  it('are taken as they are meant', () => {
    for (const type of ['refresh', 'stop', 'back-up', 'copy', 'save-bundle', 'explain']) assert.deepEqual(parseReportMessage({ type, row: 1, checks: 7 }), { type });
    assert.deepEqual(parseReportMessage({ type: 'act', row: 'space.host', command: 'x' }), { type: 'act', row: 'space.host' });
    assert.deepEqual(parseReportMessage({ type: 'help', row: 'space.host' }), { type: 'help', row: 'space.host' });
    assert.deepEqual(parseReportMessage({ type: 'again', checks: ['lock', 'space'] }), { type: 'again', checks: ['lock', 'space'] });
  });

  it('of any other shape are ignored', () => {
    const wrong: unknown[] = [
      undefined, null, 'refresh', 7, [], {}, { type: 'delete' }, { type: ['refresh'] }, { type: 'act' }, { type: 'help' }, { type: 'act', row: '' }, { type: 'act', row: 7 },
      { type: 'act', row: 'x'.repeat(101) }, { type: 'again' }, { type: 'again', checks: 'lock' }, { type: 'again', checks: [7] },
      { type: 'again', checks: ['x'.repeat(101)] }, { type: 'again', checks: Array.from({ length: 101 }, () => 'lock') }, { type: '__proto__' },
    ];
    for (const message of wrong) assert.equal(parseReportMessage(message), undefined, JSON.stringify(message)?.slice(0, 80));
  });
});
