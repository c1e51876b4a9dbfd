import assert from 'node:assert/strict';
import { agoText, dateText, isOld } from '../../../../src/vscode/presenters/dates.ts';
import { inEnglish as w, now } from '../support/samples.ts';

const before = (ms: number): Date => new Date(now.getTime() - ms);
const hour = 3_600_000;

describe('dates', () => {
  it('are told by how long ago they are', () => {
    const ages = [0, 59_000, 60_000, 3 * hour, 24 * hour, 3 * 24 * hour, 13 * 24 * hour, 20 * 24 * hour, 90 * 24 * hour, 900 * 24 * hour];
    const words = ['just now', 'just now', '1 minute ago', '3 hours ago', '1 day ago', '3 days ago', '13 days ago', '2 weeks ago', '2 months ago', '2 years ago'];
    assert.deepEqual(ages.map((age) => agoText(before(age), w)), words);
  });

  it('of a clock that runs ahead are now', () => {
    assert.equal(agoText(before(-hour), w), 'just now');
  });

  it('that are none are told as unknown', () => {
    assert.equal(dateText(new Date(Number.NaN), w), 'unknown date');
    assert.equal(agoText(new Date(Number.NaN), w), 'just now');
  });

  it('are old after two weeks', () => {
    assert.equal(isOld(before(13 * 24 * hour), w), false);
    assert.equal(isOld(before(15 * 24 * hour), w), true);
  });
});
