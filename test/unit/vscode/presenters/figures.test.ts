import assert from 'node:assert/strict';
import { durationText, percentText, rateText, sizeText } from '../../../../src/vscode/presenters/figures.ts';
import { inEnglish as w } from '../support/samples.ts';

describe('figures', () => {
  it('are sizes in decimal units with few digits', () => {
    const sizes = [0, 1, 999, 1000, 1_234_567, 12_400_000_000, 512_000_000_000, 1_500_000_000_000];
    assert.deepEqual(sizes.map((bytes) => sizeText(bytes, w)), ['0 bytes', '1 byte', '999 bytes', '1 kB', '1.2 MB', '12.4 GB', '512 GB', '1.5 TB']);
  });

  it('follow the language', () => {
    assert.equal(sizeText(1_234_567, { ...w, locale: 'de' }), '1,2 MB');
  });

  it('are rates and percentages that never say 100 % too early', () => {
    assert.equal(rateText(38_000_000, w), '38 MB/s');
    assert.deepEqual([0, 0.4249, 0.999, 1, 1.5, -1].map((part) => percentText(part, w)), ['0%', '42%', '99%', '100%', '100%', '0%']);
  });

  it('are durations of two units at most', () => {
    assert.deepEqual([0, 5.4, 65, 599, 600, 3700, 90_061].map((s) => durationText(s, w)), ['0 sec', '5 sec', '1 min, 5 sec', '9 min, 59 sec', '10 min', '1 hr, 1 min', '25 hr, 1 min']);
  });
});
