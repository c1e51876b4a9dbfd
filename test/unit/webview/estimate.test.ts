import assert from 'node:assert/strict';
import { treeOf } from '../../../src/shared/row-tree.ts';
import { everything } from '../../../src/shared/ticks.ts';
import { foundBy, growthOf, shownRows } from '../../../webview/estimate/rows.ts';
import { neighbour, treemapCells } from '../../../webview/estimate/treemap-layout.ts';
import type { Cell } from '../../../webview/estimate/treemap-layout.ts';
import { planOfSavedState } from '../../../src/vscode/panels/estimate-messages.ts';
import { firstView, savedView, viewAfter, viewOf } from '../../../webview/estimate/view-state.ts';
import { samplePicture } from '../../ui/page/sample-picture.ts';

const compare = (a: string, b: string): number => (a < b ? -1 : 1);
const picture = samplePicture(300);
const tree = treeOf(picture.rows);
const names = (rows: ReturnType<typeof shownRows>): string[] => rows.map(({ node }) => node.row.name);

describe('the rows of the table', () => {
  it('are the unfolded ones, the largest first', () => {
    const folded = shownRows(tree, firstView, compare);
    assert.equal(folded.length, tree.roots.length);
    assert.deepEqual(names(folded), folded.map(({ node }) => node.row).toSorted((a, b) => b.size.likely - a.size.likely).map(({ name }) => name));
    const unfolded = shownRows(tree, { ...firstView, expanded: new Set(['category:photos']) }, compare);
    assert.equal(unfolded.length, folded.length + 6);
    assert.equal(unfolded.find(({ node }) => node.row.name === '2025')?.siblings, 6);
  });

  it('are sorted by each column, both ways, and rows without a figure come last or first', () => {
    for (const column of ['name', 'size', 'growth', 'files'] as const) {
      const up = names(shownRows(tree, { ...firstView, sort: { column, ascending: true } }, compare));
      const down = names(shownRows(tree, { ...firstView, sort: { column, ascending: false } }, compare));
      assert.deepEqual(up.toSorted(), down.toSorted());
      if (column === 'name') assert.deepEqual(up, down.toReversed());
    }
    const byGrowth = shownRows(tree, { ...firstView, sort: { column: 'growth', ascending: false } }, compare);
    assert.equal(growthOf(byGrowth.at(-1)!.node.row), undefined);
  });

  it('that a filter finds stand below what they belong to, unfolded', () => {
    const found = shownRows(tree, { ...firstView, filter: ' chess 1 ' }, compare);
    assert.equal(found[0]?.node.row.name, 'Apps');
    assert.ok(found[0].isExpanded && found.length > 1);
    assert.ok(found.slice(1).every(({ node }) => /chess/i.test(node.row.name) && node.row.name.includes('1')));
    assert.equal(foundBy(tree, 'nobody has this name').size, 0);
  });
});

describe('the picture', () => {
  const area = ({ width, height }: Cell): number => width * height;
  const cells = treemapCells(tree.roots, undefined, 800, 400);

  it('gives each row an area like its size, inside the picture', () => {
    const tops = cells.filter(({ level }) => level === 1);
    const total = tops.reduce((sum, { size }) => sum + size, 0);
    for (const cell of tops.filter(({ size }) => size > total / 20)) {
      const share = area(cell) / (800 * 400);
      assert.ok(Math.abs(share - cell.size / total) < 0.06, `${cell.node?.row.name}: ${share}`);
    }
    for (const { x, y, width, height } of cells) assert.ok(x >= 0 && y >= 0 && width >= 0 && height >= 0 && x + width <= 801 && y + height <= 401);
  });

  it('draws what is in a large row inside it, and sums up what is too small', () => {
    const apps = cells.find(({ isGroup, node }) => isGroup && node?.row.name === 'Apps');
    assert.ok(apps);
    const inside = cells.filter(({ level, x, y }) => level === 2 && x >= apps.x && x < apps.x + apps.width && y >= apps.y && y < apps.y + apps.height);
    const rest = inside.find((cell) => cell.rest > 0);
    assert.ok(rest && inside.length - 1 + rest.rest === 300, `${inside.length} cells`);
    assert.ok(cells.length < 250, `${cells.length} cells for ${picture.rows.length} rows`);
  });

  it('of nothing, or without room, is empty', () => {
    assert.deepEqual(treemapCells([], undefined, 800, 400), []);
    assert.deepEqual(treemapCells(tree.roots, undefined, 0, 400), []);
  });

  it('is walked through by arrow keys: every cell can be reached', () => {
    const reached = new Set([0]);
    for (const from of reached) for (const direction of ['left', 'right', 'up', 'down'] as const) reached.add(neighbour(cells, from, direction));
    assert.ok(reached.size >= cells.length * 0.95, `${reached.size} of ${cells.length}`);
  });
});

describe('the saved view of the page', () => {
  it('comes back as it was', () => {
    const view = { ...firstView, expanded: new Set(['a']), filter: 'x', drilled: 'b', ticks: { all: false, rows: [['a', true]] as const } };
    assert.deepEqual(viewOf(JSON.parse(JSON.stringify(savedView(view)))), view);
  });

  it('names the plan that the ticks go back into, as long as there is one', () => {
    const plan = { uri: 'file:///a.iphone-backup.yaml', name: 'a.iphone-backup.yaml' };
    assert.equal(planOfSavedState(JSON.parse(JSON.stringify(savedView(firstView, plan)))), plan.uri);
    assert.equal(planOfSavedState(JSON.parse(JSON.stringify(savedView(firstView)))), undefined);
  });

  it('that is not of our making is the first one', () => {
    for (const saved of [undefined, null, 7, 'x', [], {}, { ticks: 7, expanded: {}, sort: 'up', filter: 9, drilled: {} }, { ticks: { all: 'yes' } }]) {
      assert.deepEqual(viewOf(saved), firstView);
    }
    const mixed = viewOf({ ticks: { all: true, rows: [['a', 1], 'b', ['c', false], ['', true]] }, expanded: [1, 'ok', 'x'.repeat(501)] });
    assert.deepEqual(mixed.ticks, { all: true, rows: [['c', false]] });
    assert.deepEqual([...mixed.expanded], ['ok']);
    assert.equal(firstView.ticks, everything);
  });
});

describe('ticks that the host asks for', () => {
  const choice = { ticks: { all: false, rows: [['category:photos', true]] }, asked: 7 } as const;

  it('are taken over once, and stay the person\'s after that and after a reload', () => {
    assert.equal(viewAfter(firstView, undefined), firstView);
    const asked = viewAfter(firstView, choice);
    assert.deepEqual(asked.ticks, choice.ticks);
    const changed = viewOf(structuredClone(savedView({ ...asked, ticks: everything })));
    assert.deepEqual(viewAfter(changed, choice).ticks, everything);
    assert.deepEqual(viewAfter(changed, { ...choice, asked: 8 }).ticks, choice.ticks);
  });
});
