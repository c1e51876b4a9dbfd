import type { FailedRun } from '../../../../src/shared/diagnosis-report.ts';
import type { State } from './state.ts';
import { World } from './world.ts';

/** Makes a world, puts it into states, runs what fails, and hands it over; everything is gone afterwards. */
export async function inState<T>(states: readonly State[], look: (world: World, failed: FailedRun | undefined) => Promise<T>): Promise<T> {
  const undo: (() => unknown)[] = [];
  let world: World | undefined;
  try {
    const options = states.map((state) => state.options?.((step) => undo.push(step)) ?? {});
    world = await World.open(Object.assign({}, ...options) as (typeof options)[number]);
    for (const state of states) await state.set?.(world);
    const failing = states.find((state) => state.fail);
    return await look(world, await failing?.fail?.(world));
  } finally {
    await world?.close();
    for (const step of undo) await step();
  }
}
