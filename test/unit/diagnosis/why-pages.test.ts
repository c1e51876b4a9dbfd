import assert from 'node:assert/strict';
import { diagnosedWords, stepsFor } from '../../../src/diagnosis/diagnosed-words.ts';
import { knowledge } from '../../../src/diagnosis/knowledge/knowledge.ts';
import { errorCodes, whyPageAt, whyPages } from '../../../src/diagnosis/why-pages.ts';
import { english } from '../../../src/diagnosis/words.ts';

const context = { translate: english, platform: 'linux' } as const;
const sections = (markdown: string): string[] => markdown.split(/^(?=## )/m).slice(1);

describe('the pages on why backups fail', () => {
  it('hold every row and every step for this computer', () => {
    const text = whyPages(context).map(({ markdown }) => markdown).join('\n');
    for (const row of knowledge) {
      for (const { step } of stepsFor(row, context)) assert.ok(text.includes(english(step)), `${row.id}: ${step}`);
    }
    assert.equal(sections(text).length, knowledge.length);
  });

  it('hold the steps for other systems too, folded below those for this one', () => {
    const ofMissing = (platform: NodeJS.Platform): string => sections(whyPageAt('muxer.missing', { translate: english, platform })?.markdown ?? '')[0] ?? '';
    const folds = (platform: NodeJS.Platform): string[] => Array.from(ofMissing(platform).matchAll(/<summary>(.*?)<\/summary>/g), ([, name = '']) => name);
    assert.deepEqual(folds('linux'), ['On macOS', 'On Windows']);
    assert.deepEqual(folds('win32'), ['On Linux', 'On macOS']);
    assert.deepEqual(folds('freebsd'), ['On Linux', 'On macOS', 'On Windows']);
    const [own = '', ...others] = ofMissing('linux').split('<details>');
    assert.match(own, /systemctl/);
    assert.match(others.join(), /services\.msc/);
    assert.doesNotMatch(own, /services\.msc/);
  });

  it('say for which iOS a way through the settings is', () => {
    const [first = ''] = sections(whyPageAt('cloud.no-space', context)?.markdown ?? '');
    const ways = ['*iOS 18 and later:* Settings › [your name] › iCloud › Storage', '*iOS 16 and later, before iOS 18:* Settings › [your name] › iCloud › Manage Account Storage', '*before iOS 16:* Settings › [your name] › iCloud › Manage Storage'];
    for (const way of ways) assert.ok(first.includes(way), way);
  });

  it('name every step of the knowledge, whatever computer it is for, and repeat none that is the same everywhere', () => {
    const text = whyPages(context).map(({ markdown }) => markdown).join('\n');
    for (const { id, remedies } of knowledge) {
      const shown = remedies.filter(({ on, when }) => (on === undefined || on.some((system) => system !== 'other')) && (when === undefined || when.is === 'unknown'));
      for (const { step } of shown) assert.ok(text.includes(english(step)), `${id}: ${step}`);
    }
    const everywhere = knowledge.filter(({ remedies }) => remedies.every(({ on }) => on === undefined));
    assert.ok(everywhere.length > 30);
    for (const { id } of everywhere) assert.doesNotMatch(sections(whyPageAt(id, context)?.markdown ?? '')[0] ?? '', /<details>/, id);
  });

  it('open at the row of a finding, with the others of its topic below, each once', () => {
    for (const row of knowledge) {
      const page = whyPageAt(row.id, context);
      const topic = whyPages(context).find(({ title }) => title === row.topic);
      assert.ok(page && topic, row.id);
      const [first = ''] = sections(page.markdown);
      const { short, symptom } = diagnosedWords({ row: row.id, severity: row.severity, facts: {} }, context);
      assert.ok(page.markdown.startsWith(`# ${row.topic}\n\n## `), row.id);
      assert.ok(first.includes(row.topic === 'Other errors' ? `\`${row.id}\`` : `## ${short}\n\nYou see: ${symptom}`), row.id);
      assert.deepEqual(sections(page.markdown).map((part) => part.trim()).toSorted(), sections(topic.markdown).map((part) => part.trim()).toSorted(), row.id);
    }
  });

  it('are found by the number that other programs print', () => {
    const ofLocked = knowledge.filter((row) => errorCodes(row).includes('208'));
    assert.ok(ofLocked.length > 0);
    for (const { id } of ofLocked) assert.match(whyPageAt(id, context)?.markdown ?? '', /^Error codes: .*\b208\b/m);
  });

  it('know no row of another version', () => assert.equal(whyPageAt('row.of-tomorrow', context), undefined));
});
