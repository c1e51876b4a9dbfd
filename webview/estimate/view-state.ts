import type { AskedTicks, LinkedPlan } from '../../src/shared/estimate-panel.ts';
import { everything } from '../../src/shared/ticks.ts';
import type { TickState } from '../../src/shared/ticks.ts';

export type Column = 'name' | 'size' | 'growth' | 'files';

export interface Sort {
  readonly column: Column;
  readonly ascending: boolean;
}

/** How a person has set the page up; survives hiding and reload. */
export interface ViewState {
  readonly ticks: TickState;
  readonly expanded: ReadonlySet<string>;
  readonly sort: Sort;
  readonly filter: string;
  /** The row that the picture shows from the inside; `undefined` for everything. */
  readonly drilled: string | undefined;
  /** The last ticks that the host asked for. */
  readonly asked: number;
}

export const firstView: ViewState = {
  ticks: everything,
  expanded: new Set(),
  sort: { column: 'size', ascending: false },
  filter: '',
  drilled: undefined,
  asked: 0,
};

/** The view with the ticks that a picture asks for, if they are new: after that they are the person's. */
export function viewAfter(view: ViewState, choice: AskedTicks | undefined): ViewState {
  return !choice || choice.asked === view.asked ? view : { ...view, ticks: choice.ticks, asked: choice.asked };
}

const idLimit = 500;
const listLimit = 10_000;
export const filterLimit = 200;

const columns: readonly Column[] = ['name', 'size', 'growth', 'files'];

/** The view in what the page had saved; what is not of our making is left out. */
export function viewOf(saved: unknown): ViewState {
  const state = asRecord(saved);
  const sort = asRecord(state['sort']);
  const column = columns.find((each) => each === sort['column']);
  return {
    ticks: ticksOf(state['ticks']),
    expanded: new Set(list(state['expanded']).filter(isId)),
    sort: column ? { column, ascending: sort['ascending'] === true } : firstView.sort,
    filter: typeof state['filter'] === 'string' ? state['filter'].slice(0, filterLimit) : '',
    drilled: isId(state['drilled']) ? state['drilled'] : undefined,
    asked: typeof state['asked'] === 'number' ? state['asked'] : 0,
  };
}

/** The same as plain data, for the editor to keep; with the plan, for the extension after a reload of the window. */
export function savedView(view: ViewState, plan?: LinkedPlan): object {
  return { ...view, expanded: [...view.expanded], plan: plan?.uri };
}

function ticksOf(value: unknown): TickState {
  const { all, rows } = asRecord(value);
  if (typeof all !== 'boolean') return everything;
  const said = list(rows).flatMap((pair) => {
    const [id, isTicked] = list(pair);
    return isId(id) && typeof isTicked === 'boolean' ? [[id, isTicked] as const] : [];
  });
  return { all, rows: said };
}

const isId = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= idLimit;

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value.slice(0, listLimit) : []);

const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
