import { connectionStates } from './connection-states.ts';
import { diskStates } from './disk-states.ts';
import { phoneStates } from './phone-states.ts';
import { runStates } from './run-states.ts';
import type { State } from './state.ts';

/** Everything of the knowledge that can be simulated. */
export const states: readonly State[] = [...connectionStates, ...phoneStates, ...diskStates, ...runStates];
