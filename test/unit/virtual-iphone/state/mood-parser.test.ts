import assert from 'node:assert/strict';
import { moodHelp, parseMood } from '../../../../src/virtual-iphone/index.ts';
import { calmMoods } from '../../../../src/virtual-iphone/state/moods.ts';

describe('moods in words', () => {
  it('are there for every mood', () => {
    for (const name of Object.keys(calmMoods)) assert.match(moodHelp, new RegExp(`^  ${name}=`, 'm'));
  });

  it('become values', () => {
    assert.deepEqual(parseMood('passcode=ignored'), { passcode: 'ignored' });
    assert.deepEqual(parseMood('locked=yes'), { locked: true });
    assert.deepEqual(parseMood('charging=off'), { charging: false });
    assert.deepEqual(parseMood('rate=1000000'), { rate: 1_000_000 });
    assert.deepEqual(parseMood('rate=off'), { rate: undefined });
    assert.deepEqual(parseMood('claimedUploadSize=967252656723'), { claimedUploadSize: 967_252_656_723n });
    assert.deepEqual(parseMood('deviceLinkVersion=300.0'), { deviceLinkVersion: [300, 0] });
    assert.deepEqual(parseMood('cloudBackupEnabled=no'), { cloudBackupEnabled: false });
    assert.deepEqual(parseMood('lastCloudBackup=2026-11-20T03:00:00Z'), { lastCloudBackup: new Date('2026-11-20T03:00:00Z') });
    assert.deepEqual(parseMood('hostile={"message":"UploadFiles","path":"../x"}'), { hostile: { message: 'UploadFiles', path: '../x' } });
    assert.deepEqual(parseMood('hostile={"message":"UploadFiles:chunk","form":"absurd-length"}'), { hostile: { message: 'UploadFiles:chunk', path: '', form: 'absurd-length' } });
  });

  it('take one fault or a list', () => {
    const fault = { kind: 'disconnect', at: { file: 3, byte: 100 } };
    assert.deepEqual(parseMood(`faults=${JSON.stringify(fault)}`), { faults: [fault] });
    assert.deepEqual(parseMood(`faults=${JSON.stringify([fault, fault])}`), { faults: [fault, fault] });
    assert.deepEqual(parseMood('faults=off'), { faults: [] });
    for (const kind of ['disconnect', 'reset', 'silence', 'goodbye', 'cancel-on-phone']) assert.deepEqual(parseMood(`faults={"kind":"${kind}","at":{}}`), { faults: [{ kind, at: {} }] });
  });

  it('are refused with a sentence that says what is possible', () => {
    const refused: [string, RegExp][] = [
      ['cheerful=yes', /no mood 'cheerful'/],
      ['__proto__=1', /no mood/],
      ['locked', /locked takes yes\|no/],
      ['passcode=maybe', /none\|answered\|refused\|ignored/],
      ['rate=-1', /rate takes N\|off/],
      ['rate=fast', /rate takes/],
      ['latency=9999999999999999', /latency takes N/],
      ['faults={"kind":"explode","at":{}}', /faults takes JSON\|off/],
      ['faults=[{"kind":"error","at":{}}]', /faults takes JSON/],
      ['faults={"kind":"disconnect","at":{"File":3}}', /faults takes JSON/],
      ['faults={"kind":"disconnect","at":{"file":"3"}}', /faults takes JSON/],
      ['faults={"kind":"silence","at":{},"ms":"long"}', /faults takes JSON/],
      ['faults={"kind":"file-error","at":{"file":1}}', /faults takes JSON/],
      ['hostile=oops', /hostile takes/],
      ['hostile={"message":"UploadFiles"}', /hostile takes/],
      ['hostile={"message":"UploadFiles","path":"../x","form":"rude"}', /hostile takes/],
      ['lastCloudBackup=soon', /ISO/],
    ];
    for (const [text, pattern] of refused) assert.throws(() => parseMood(text), (error: unknown) => error instanceof RangeError && pattern.test(error.message), text);
  });
});
