import type { ErrorFacts } from '../shared/errors.ts';
import type { JobEvent } from '../shared/job-events.ts';
import type { Engine, EngineOptions } from './api.ts';

/** Calls of the engine that travel as one request and one answer. */
export type PlainMethod =
  | 'devices' | 'history' | 'setLocked' | 'delete' | 'undelete' | 'discardDraft' | 'testPassword' | 'preflightRestore' | 'planFacts' | 'measureSelections'
  | 'checkSelection';

/** Calls that take a `JobRun`: they report events, can be cancelled, and each has a worker of its own. */
export type JobMethod =
  | 'pair' | 'backup' | 'changeEncryption' | 'restore' | 'verify' | 'emptyTrash' | 'importFolder' | 'exportEntry' | 'estimate' | 'copyMedia' | 'diagnose';

export const jobMethods: ReadonlySet<string> = new Set<JobMethod>([
  'pair', 'backup', 'changeEncryption', 'restore', 'verify', 'emptyTrash', 'importFolder', 'exportEntry', 'estimate', 'copyMedia', 'diagnose',
]);

export type ToWorker =
  | { readonly type: 'call'; readonly id: number; readonly method: PlainMethod | JobMethod; readonly args: readonly unknown[] }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'watch' }
  | { readonly type: 'unwatch' };

export type FromWorker =
  | { readonly type: 'event'; readonly id: number; readonly event: JobEvent }
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failure'; readonly id: number; readonly error: ErrorFacts }
  | { readonly type: 'devices'; readonly devices: Parameters<Parameters<Engine['watchDevices']>[0]>[0] }
  | { readonly type: 'watch-failure'; readonly error: ErrorFacts };

export type WorkerOptions = EngineOptions;
