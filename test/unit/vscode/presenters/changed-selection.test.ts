import assert from 'node:assert/strict';
import { applySelection, readPlan } from '../../../../src/plans/index.ts';
import { parseSelectionText, parseTerm, selectionText } from '../../../../src/selection/index.ts';
import { treeOf } from '../../../../src/shared/row-tree.ts';
import { Ticks } from '../../../../src/shared/ticks.ts';
import type { TickState } from '../../../../src/shared/ticks.ts';
import { changedSelection } from '../../../../src/vscode/presenters/changed-selection.ts';
import { selectionTicks } from '../../../../src/vscode/presenters/selection-ticks.ts';

const year = 'photos where after 2024-01-01 and before 2024-12-31';
const row = (id: string, text: string, parent?: string) => ({ id, parent, term: parseTerm(text), canChoose: true });
const rows = [
  row('photos', 'photos'),
  row('2024', year, 'photos'),
  row('2025', 'photos where after 2025-01-01 and before 2025-12-31', 'photos'),
  row('messages', 'messages'),
  row('notes', 'notes'),
  row('contacts', 'contacts'),
];
const tree = treeOf(rows);

/** The ticks of a plan's selection after these boxes were pressed. */
function pressed(plan: string, boxes: readonly (string | undefined)[]): TickState {
  const { ticks } = selectionTicks(rows, parseSelectionText(plan));
  return boxes.reduce((state: TickState, id) => new Ticks(tree, state).toggled(id), ticks);
}

const changed = (plan: string, ...boxes: (string | undefined)[]): string => selectionText(changedSelection(rows, pressed(plan, boxes), parseSelectionText(plan)));

describe('the selection of a plan after boxes were pressed', () => {
  it('is the very same where they say the same', () => {
    for (const text of ['', 'photos', 'except messages', `photos\nexcept ${year}`, 'photos\npath:HomeDomain/Library/Notes/\nexcept com.example.none']) {
      const plan = parseSelectionText(text);
      assert.equal(changedSelection(rows, pressed(text, []), plan), plan);
      assert.equal(changedSelection(rows, pressed(text, ['contacts', 'contacts']), plan), plan);
    }
  });

  it('stays of the kind that it was', () => {
    assert.equal(changed('messages', 'notes', 'contacts'), selectionText(parseSelectionText('messages\nnotes\ncontacts')));
    assert.equal(changed('except messages', 'notes', 'contacts'), selectionText(parseSelectionText('except messages\nexcept notes\nexcept contacts')));
    assert.equal(changed('', 'messages'), 'except messages');
  });

  it('keeps what is left out of something that is taken, as long as it is', () => {
    assert.equal(changed(`photos\nexcept ${year}`, 'messages'), selectionText(parseSelectionText(`photos\nmessages\nexcept ${year}`)));
    assert.equal(changed(`photos\nexcept ${year}`, '2024'), 'photos');
  });

  it('keeps a line for a year of photos and videos as long as both of its boxes are as it says', () => {
    const [pictures, videos] = ['pictures', 'videos'].map((part) => row(part, year.replace('photos', part)));
    const all = [pictures!, videos!, row('notes', 'notes'), row('contacts', 'contacts')];
    const after = (boxes: Record<string, boolean>, plan: string): string =>
      selectionText(changedSelection(all, { all: false, rows: Object.entries(boxes) }, parseSelectionText(plan)));
    assert.equal(after({ pictures: true, videos: true, notes: true }, year), selectionText(parseSelectionText(`${year}\nnotes`)));
    assert.equal(after({ pictures: false, videos: true, notes: true }, year), selectionText(parseSelectionText(`${year.replace('photos', 'videos')}\nnotes`)));
  });

  it('keeps lines that have no box', () => {
    const unseen = 'path:HomeDomain/Library/Notes/';
    assert.equal(changed(`messages\n${unseen}\nexcept com.example.none`, 'messages', 'notes'), selectionText(parseSelectionText(`notes\n${unseen}\nexcept com.example.none`)));
  });

  it('lists nothing once everything is ticked', () => {
    assert.equal(changed('messages', undefined), '');
    assert.equal(changed('except messages', 'messages'), '');
  });

  it('never takes more than is ticked', () => {
    assert.equal(changed('messages', 'messages'), selectionText(parseSelectionText('except photos\nexcept messages\nexcept notes\nexcept contacts')));
  });

  it('leaves comments and order of the plan', () => {
    const text = '# mine\nnotes: odd order\nexclude:\n  # loud\n  - notes # no\n  # private\n  - messages\nversion: 1 # first\n';
    const plan = readPlan(text).selection;
    const { ticks } = selectionTicks(rows, plan);
    const wanted = changedSelection(rows, new Ticks(tree, ticks).toggled('contacts'), plan);
    assert.equal(applySelection(text, wanted), text.replace('  - messages\n', '  - messages\n  - contacts\n'));
  });
});
