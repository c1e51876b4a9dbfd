import assert from 'node:assert/strict';
import type { SelectionCheck } from '../../../../src/shared/selection-check.ts';
import { checkTexts, hopelessText } from '../../../../src/vscode/presenters/selection-check-words.ts';
import { inEnglish as w } from '../support/samples.ts';

const nothing: SelectionCheck = { isVoid: false, isHopeless: false, unknown: [], unsure: [], unmatched: [], wasEmpty: false, date: undefined, base: { selection: '', entry: undefined, wasOpen: false, hadApps: false } };
const date = new Date('2026-11-20T10:00:00Z');

describe('words for the check of a selection', () => {
  it('are none where nothing is wrong', () => {
    assert.deepEqual(checkTexts({ ...nothing, date }, w), []);
    assert.equal(hopelessText(nothing, w), undefined);
  });

  it('name what nobody knows, with what was probably meant', () => {
    const unknown = [{ term: 'com.exmaple.app', suggestion: 'com.example.app' }, { term: 'domain:No-such', suggestion: undefined }];
    const [text = ''] = checkTexts({ ...nothing, unknown }, w);
    assert.match(text, /^Neither the device nor its last backup knows com\.exmaple\.app \(“com\.example\.app” was probably meant\) and No-such\.$/);
    assert.match(hopelessText({ ...nothing, isHopeless: true, unknown }, w) ?? '', /^The device has none of the chosen apps: com\.exmaple\.app/);
  });

  it('say what cannot be known before, and what took nothing', () => {
    const texts = checkTexts({ ...nothing, unsure: ['com.apple.mobilenotes'], unmatched: ['photos where before 2001-01-01'], date }, w);
    assert.match(texts[0] ?? '', /^Whether the device has com\.apple\.mobilenotes shows only at the end/);
    assert.match(texts[1] ?? '', /^Nothing of the last backup \(Nov 20.*\) is taken by Photos and Videos \(.*2001.*\)\.$/);
    assert.match(checkTexts({ ...nothing, unmatched: ['photos'], wasEmpty: true, date }, w).join(), /^This selection took nothing of the last backup \(Nov 20/);
    assert.match(hopelessText({ ...nothing, isVoid: true }, w) ?? '', /^Nothing would be left/);
  });

  it('show terms of a newer version as they stand, and count what is too much', () => {
    const unsure = ['future:thing', ...Array.from({ length: 20 }, (_, index) => `com.apple.app${index}`)];
    assert.match(checkTexts({ ...nothing, unsure }, w).join(), /future:thing, .* and 13 more/);
  });
});
