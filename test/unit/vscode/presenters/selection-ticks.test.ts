import assert from 'node:assert/strict';
import { parseSelectionText, selectionText } from '../../../../src/selection/index.ts';
import { treeOf } from '../../../../src/shared/row-tree.ts';
import type { SelectionTerm } from '../../../../src/shared/selection.ts';
import { Ticks, choiceOf } from '../../../../src/shared/ticks.ts';
import { selectionTicks } from '../../../../src/vscode/presenters/selection-ticks.ts';

interface Row {
  readonly id: string;
  readonly parent: string | undefined;
  readonly term: SelectionTerm | undefined;
  readonly canChoose: boolean;
}

const row = (id: string, text: string | undefined, parent?: string): Row => ({ id, parent, term: text === undefined ? undefined : parseSelectionText(text).include[0], canChoose: text !== undefined });
const year = 'photos where after 2024-01-01 and before 2024-12-31';
const rows = [
  row('category:photos', 'photos'),
  row('year:2024', year, 'category:photos'),
  row('year:2025', 'photos where after 2025-01-01 and before 2025-12-31', 'category:photos'),
  row('year:unknown', undefined, 'category:photos'),
  row('category:apps', 'apps'),
  row('app:com.example.a', 'com.example.a', 'category:apps'),
  row('app:com.example.b', 'com.example.b', 'category:apps'),
  row('category:messages', 'messages'),
  row('rest', undefined),
];
const tree = treeOf(rows);

/** The selection that the boxes say, which a selection was ticked in. */
function seen(text: string): string {
  const { ticks } = selectionTicks(rows, parseSelectionText(text));
  const choice = choiceOf(tree, new Ticks(tree, ticks), (id) => rows.find((each) => each.id === id)?.term);
  return choice.kind === 'some' ? selectionText(choice.selection) : choice.kind;
}

describe('the boxes of a selection', () => {
  it('say what it says', () => {
    for (const text of ['photos', 'messages', 'except apps', 'com.example.a', 'except com.example.b', `except ${year}`]) assert.equal(seen(text), text);
    assert.equal(seen(''), 'all');
    assert.equal(seen('photos\ncom.example.a\nexcept photos'), 'com.example.a');
    assert.equal(seen('com.example.a\nmessages\nexcept apps'), 'messages');
  });

  it('of a year of photos and videos are two', () => {
    const both = ['pictures', 'videos'].map((part) => row(`2024/${part}`, year.replace('photos', part), `category:${part}`));
    const { ticks, unseen } = selectionTicks([...both, row('2023/videos', 'videos where after 2023-01-01 and before 2023-12-31')], parseSelectionText(year));
    assert.deepEqual(ticks, { all: false, rows: [['2024/pictures', true], ['2024/videos', true]] });
    assert.deepEqual(unseen, []);
  });

  it('do not hide what has none', () => {
    const { ticks, unseen } = selectionTicks(rows, parseSelectionText('photos\npath:HomeDomain/Library/Notes/\nexcept com.example.none'));
    assert.deepEqual(ticks, { all: false, rows: [['category:photos', true]] });
    assert.equal(selectionText({ include: unseen, exclude: [] }), 'com.example.none\npath:HomeDomain/Library/Notes/');
  });
});
