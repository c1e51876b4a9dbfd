import type { Check } from './check.ts';
import { cloudChecks } from './cloud.ts';
import { computerChecks } from './computer.ts';
import { connectionChecks } from './connection.ts';
import { deviceChecks } from './device.ts';
import { libraryChecks } from './library.ts';

/** All checks; each stands after the one that it builds on. */
export const checks: readonly Check[] = [...connectionChecks, ...deviceChecks, ...computerChecks, ...libraryChecks, ...cloudChecks];
