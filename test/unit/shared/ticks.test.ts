import assert from 'node:assert/strict';
import { treeOf } from '../../../src/shared/row-tree.ts';
import { Ticks, choiceOf, everything } from '../../../src/shared/ticks.ts';
import type { TickRow, TickState } from '../../../src/shared/ticks.ts';
import type { SelectionTerm } from '../../../src/shared/selection.ts';

const row = (id: string, parent?: string, canChoose = true): TickRow => ({ id, parent, canChoose });

const rows = [row('photos'), row('2024', 'photos'), row('2025', 'photos'), row('undated', 'photos', false), row('apps'), row('a', 'apps'), row('b', 'apps'), row('system', undefined, false)];
const tree = treeOf(rows);

const term = (id: string): SelectionTerm | undefined => (rows.find((each) => each.id === id)?.canChoose === true ? { kind: 'category', id } : undefined);
const names = (terms: readonly SelectionTerm[]): string[] => terms.map((each) => (each.kind === 'category' ? each.id : '?'));

function after(...ids: readonly (string | undefined)[]): Ticks {
  const state = ids.reduce<TickState>((now, id) => new Ticks(tree, now).toggled(id), everything);
  return new Ticks(tree, state);
}

describe('ticks of a tree', () => {
  it('are all set at first, and rows that cannot be chosen have none', () => {
    assert.deepEqual(rows.map(({ id }) => after().tick(id)), ['yes', 'yes', 'yes', 'none', 'yes', 'yes', 'yes', 'none']);
    assert.equal(after().tick(), 'yes');
  });

  it('go down to all below, and make what is above mixed', () => {
    const ticks = after('photos');
    assert.deepEqual(['photos', '2024', '2025', 'apps'].map((id) => ticks.tick(id)), ['no', 'no', 'no', 'yes']);
    assert.equal(ticks.tick(), 'mixed');
    assert.equal(after('2024').tick('photos'), 'mixed');
    assert.equal(after('2024', '2025').tick('photos'), 'no');
  });

  it('of a mixed row become all set first', () => {
    assert.equal(after('2024', 'photos').tick('photos'), 'yes');
    assert.equal(after('2024', 'photos', 'photos').tick('photos'), 'no');
  });

  it('forget what was said below when something is said above', () => {
    assert.deepEqual(after('2024', undefined).state, everything);
    assert.deepEqual(after('2024', 'photos').state.rows, []);
    assert.deepEqual(after(undefined, '2024').state, { all: false, rows: [['2024', true]] });
  });

  it('hold for rows that come later', () => {
    const more = treeOf([...rows, row('c', 'apps')]);
    assert.equal(new Ticks(more, after('apps').state).tick('c'), 'no');
    assert.equal(new Ticks(more, after('photos').state).tick('c'), 'yes');
  });
});

describe('a choice', () => {
  const choice = (ticks: Ticks): ReturnType<typeof choiceOf> => choiceOf(tree, ticks, term);

  it('of everything or of nothing is no selection', () => {
    assert.deepEqual(choice(after()), { kind: 'all' });
    assert.deepEqual(choice(after(undefined)), { kind: 'nothing' });
  });

  it('of all but a little names what is left out', () => {
    const made = choice(after('2024'));
    assert.ok(made.kind === 'some');
    assert.deepEqual(names(made.selection.exclude), ['2024']);
    assert.deepEqual(made.selection.include, []);
  });

  it('of a little names that', () => {
    const made = choice(after(undefined, 'a'));
    assert.ok(made.kind === 'some');
    assert.deepEqual(names(made.selection.include), ['a']);
    assert.deepEqual(made.selection.exclude, []);
  });

  it('takes data without a box along only where all was ticked', () => {
    const withRest = treeOf([...rows, { ...row('rest'), canChoose: false }]);
    const of = (state: TickState): ReturnType<typeof choiceOf> => choiceOf(withRest, new Ticks(withRest, state), term);
    const most = of({ all: false, rows: [['photos', true], ['a', true]] });
    assert.ok(most.kind === 'some');
    assert.deepEqual([names(most.selection.include), names(most.selection.exclude)], [['photos', 'a'], []]);
    const rest = of({ all: true, rows: [['photos', false], ['apps', false]] });
    assert.ok(rest.kind === 'some');
    assert.deepEqual([names(rest.selection.include), names(rest.selection.exclude)], [[], ['photos', 'apps']]);
  });

  it('names a whole branch once', () => {
    const made = choice(after('photos'));
    assert.ok(made.kind === 'some');
    assert.deepEqual(names(made.selection.exclude), ['photos']);
  });
});

describe('a tree of rows', () => {
  it('puts rows without a known parent at the top, and cuts cycles', () => {
    const { roots, byId } = treeOf([row('x', 'y'), row('y', 'x'), row('z', 'nobody'), row('self', 'self')]);
    assert.equal(byId.size, 4);
    const reachable: string[] = [];
    const walk = (nodes: typeof roots): void => nodes.forEach((node) => (reachable.push(node.row.id), walk(node.children)));
    walk(roots);
    assert.deepEqual(reachable.toSorted(), ['self', 'x', 'y', 'z']);
  });

  it('is never deeper than a person can follow', () => {
    const chain = Array.from({ length: 50 }, (_, index) => row(String(index), index === 0 ? undefined : String(index - 1)));
    const { byId } = treeOf(chain);
    assert.equal(byId.size, 50);
    assert.equal(Math.max(...[...byId.values()].map(({ depth }) => depth)), 7);
  });
});
