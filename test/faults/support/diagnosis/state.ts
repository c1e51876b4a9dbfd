import type { FailedRun } from '../../../../src/shared/diagnosis-report.ts';
import type { World, WorldOptions } from './world.ts';

/** What a state changes; each stands on the one that it needs. */
const needs = {
  muxer: [],
  listed: ['muxer'],
  cable: ['listed'],
  session: ['listed'],
  lock: ['session'],
  values: ['session'],
  battery: ['values'],
  room: ['values'],
  setup: ['values'],
  clock: ['values'],
  encryption: ['values'],
  supervision: ['values'],
  cloud: ['values'],
  ios: ['values', 'entries'],
  folder: [],
  'disk-kind': ['folder'],
  'disk-speed': ['folder'],
  space: ['folder'],
  library: ['folder'],
  entries: ['library'],
  drafts: ['library'],
  run: ['session', 'folder'],
  killed: ['run', 'library'],
} as const satisfies Record<string, readonly string[]>;

export type Layer = keyof typeof needs;

/** One fault or condition, and how it is put into the virtual phone, the disk, the library or the muxer. */
export interface State {
  /** The row that must be named first. Only the test reads it. */
  readonly row: string;
  /** How it is simulated, for the table in the docs. */
  readonly how: string;
  readonly layer: Layer;
  /** Other layers that it changes on the way. */
  readonly also?: readonly Layer[];
  /** Layers that nothing can be seen of while it is there, with all that needs them. */
  readonly breaks?: readonly Layer[];
  /** A mere note, no fault: not joined with others. */
  readonly isNote?: true;
  /** Takes long: not in the sample of pairs. */
  readonly isSlow?: true;
  /** Needs disks of its own. */
  readonly mounts?: true;
  /** How the world must begin; called once for each world. */
  readonly options?: (afterwards: (undo: () => unknown) => void) => WorldOptions;
  readonly set?: (world: World) => unknown;
  /** A run that fails: the diagnosis follows on it. */
  readonly fail?: (world: World) => Promise<FailedRun>;
}

/** Whether two faults can be there at once, each of them visible. */
export function areCompatible(a: State, b: State): boolean {
  if (a.row === b.row || a.isNote || b.isNote || (a.fail && b.fail) || (a.options && b.options)) return false;
  const changed = layersOf(b);
  return !layersOf(a).some((layer) => changed.includes(layer)) && !hides(a, b) && !hides(b, a);
}

const layersOf = ({ layer, also = [] }: State): Layer[] => [layer, ...also];

function hides({ breaks = [] }: State, other: State): boolean {
  const under = new Set<string>(layersOf(other));
  for (const each of under) for (const need of needs[each as Layer]) under.add(need);
  return breaks.some((broken) => under.has(broken));
}
