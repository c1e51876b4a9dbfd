import assert from 'node:assert/strict';
import { checks } from '../../../src/diagnosis/checks/check-list.ts';
import { diagnosedWords, stepsFor } from '../../../src/diagnosis/diagnosed-words.ts';
import { errorTable } from '../../../src/diagnosis/error-words.ts';
import { knowledge } from '../../../src/diagnosis/knowledge/knowledge.ts';
import { rowOfCode } from '../../../src/diagnosis/ranking.ts';
import { english } from '../../../src/diagnosis/words.ts';
import { states } from '../../faults/support/diagnosis/states.ts';
import { unreached } from '../../faults/support/diagnosis/unreached.ts';

const platforms: readonly NodeJS.Platform[] = ['linux', 'darwin', 'win32', 'freebsd'];
const versions = [undefined, '9.3', '14.8', '15.0', '16.7', '17.6', '18.5', '27.1'];

/** Rows that tell a cause; the others stand for errors of which no more is known than their name. */
const told = knowledge.filter(({ topic }) => topic !== 'Other errors');

describe('the knowledge', () => {
  it('has more than sixty causes, each with a name of its own', () => {
    assert.ok(told.length > 60);
    assert.equal(new Set(knowledge.map(({ id }) => id)).size, knowledge.length);
  });

  it('leads every error to a row', () => {
    for (const code of Object.keys(errorTable)) assert.ok(['backup', 'check', 'restore'].some((job) => rowOfCode(code, job)), code);
  });

  it('names errors that exist', () => {
    const beyondTable = ['afc.19'];
    for (const { signs, id } of knowledge) {
      for (const { code, weight } of signs) {
        assert.ok(errorTable[code] ?? beyondTable.includes(code), `${id}: ${code}`);
        assert.ok(weight > 0 && weight < 1, id);
      }
    }
  });

  it('names checks that exist', () => {
    const ids = new Set(checks.map(({ id }) => id));
    for (const { evidence, signs, id } of knowledge) {
      for (const check of evidence.checks ?? []) assert.ok(ids.has(check), `${id}: ${check}`);
      for (const { good } of signs) assert.ok(good === undefined || ids.has(good), id);
    }
  });

  it('says how each cause is found: by a check, by an error, or by asking', () => {
    for (const { id, evidence, signs } of told.filter((row) => row.id !== 'error.other')) {
      assert.ok(signs.length > 0 || (evidence.checks?.length ?? 0) > 0 || evidence.ask !== undefined, id);
    }
  });

  it('has steps for every computer and every iOS, and never begins with one that destroys something', () => {
    for (const row of told) {
      for (const platform of platforms) {
        for (const iosVersion of versions) {
          const [first, ...rest] = stepsFor(row, { platform, iosVersion });
          assert.ok(first, `${row.id} on ${platform}`);
          assert.equal(first.destroys, undefined, row.id);
          const destroying = rest.findIndex(({ destroys }) => destroys !== undefined);
          assert.ok(destroying < 0 || rest.slice(destroying).every(({ destroys }) => destroys !== undefined), row.id);
        }
      }
    }
  });

  it('names nothing that destroys without saying so', () => {
    const destroying = /Reset All Settings|Empty the Trash|Erase All/;
    for (const { id, remedies } of knowledge) {
      for (const { step, destroys } of remedies) if (destroying.test(step)) assert.ok(destroys, `${id}: ${step}`);
    }
    for (const [code, { next }] of Object.entries(errorTable)) if (destroying.test(next)) assert.match(next, /^Try .*removes/, code);
  });

  it('says what a reset destroys, and offers the smaller one first', () => {
    const steps = told.flatMap((row) => stepsFor(row, { platform: 'linux', iosVersion: '18.5' }).map(({ step, destroys }) => ({ row: row.id, step, destroys })));
    const resets = steps.filter(({ step }) => /Reset (?:All|Network) Settings/.test(step));
    assert.ok(resets.length > 5);
    for (const { destroys, row, step } of resets) assert.match(destroys ?? '', /All/.test(step) ? /backup password/ : /Wi-Fi/, row);
    for (const row of told.filter(({ topic }) => topic === 'iCloud')) {
      const order = stepsFor(row, { platform: 'linux' }).flatMap(({ step }) => /Reset (All|Network)/.exec(step)?.[1] ?? []);
      assert.deepEqual(order, order.toSorted().toReversed(), row.id);
    }
  });

  it('is written in sentences, and short where a row of a device shows it', () => {
    for (const { id, sentence, cause, risk, plainly = '', remedies } of told) {
      const texts = [sentence, plainly, cause, risk, ...remedies.flatMap(({ step, destroys = '' }) => [step, destroys])];
      for (const text of texts) assert.match(text, /^$|^(?:[A-Z{]|iCloud |exFAT|git ).*[.?]$/s, `${id}: ${text}`);
    }
    for (const { short, id } of told) assert.ok(short !== '' && short.split(' ').length <= 4, id);
  });

  it('names for each row where it is known from', () => {
    for (const { id, sources } of knowledge) {
      assert.ok(sources.length > 0, id);
      for (const source of sources) assert.match(source, /^(?:https:\/\/\S+|[^\s].*[^\s])$/, id);
      assert.equal(new Set(sources).size, sources.length, id);
    }
  });

  it('speaks without gaps whatever facts are known', () => {
    for (const { id, severity, signs } of knowledge) {
      const code = signs[0]?.code;
      const { sentence } = diagnosedWords({ row: id, severity, facts: code === undefined ? {} : { code } }, { translate: english });
      assert.doesNotMatch(sentence, /[{}]/, id);
    }
  });
});

describe('the tests of the diagnosis', () => {
  it('reach every cause of the knowledge, or say why not', () => {
    const reached = new Set([...states.map(({ row }) => row), ...Object.keys(unreached)]);
    assert.deepEqual(told.filter(({ id }) => !reached.has(id)).map(({ id }) => id), []);
    for (const id of Object.keys(unreached)) assert.ok(knowledge.some((row) => row.id === id) && !states.some(({ row }) => row === id), id);
  });
});
