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
