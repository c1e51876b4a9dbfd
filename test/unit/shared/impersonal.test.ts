import assert from 'node:assert/strict';
import { checks } from '../../../src/diagnosis/checks/check-list.ts';
import { errorTable } from '../../../src/diagnosis/error-words.ts';
import { knowledge } from '../../../src/diagnosis/knowledge/knowledge.ts';
import { impersonalFacts, isPlainCode, plainCode } from '../../../src/shared/impersonal.ts';

describe('what of codes is kept', () => {
  it('is every id of the knowledge, the errors and the checks, and every number of a device', () => {
    const own = [...knowledge.map(({ id }) => id), ...Object.keys(errorTable), ...checks.map(({ id }) => id)];
    assert.deepEqual(own.filter((id) => !isPlainCode(id)), []);
    for (const id of ['cable.usb1', 'cable.usb2', 'mb.-3', 'mb.213', 'afc.19', 'waiting-for-passcode', 'lockdown.InvalidRequest']) assert.equal(plainCode(id), id);
  });

  it('is none of a device’s own words, even where they look like a code', () => {
    for (const name of ['Anna', 'AnnaLiddell', 'anna', 'Anna.Liddell', 'constructor']) assert.equal(plainCode(`lockdown.${name}`), 'lockdown.other', name);
    assert.equal(plainCode('service.anna'), 'service.other');
    for (const text of ['anna.liddell', 'Anna', 'mb.Anna', 'afc.anna', 'data.Anna', 'cable.1', 'F2LX9Q7WJCLM', '']) assert.ok(!isPlainCode(text), text);
    assert.deepEqual(impersonalFacts({ code: 'lockdown.AnnaLiddell', phase: 'receiving' }), { phase: 'receiving' });
    assert.equal(plainCode(plainCode('lockdown.Anna')), 'lockdown.other');
  });
});
