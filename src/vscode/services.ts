import type { ExtensionContext } from 'vscode';
import type { ContextKeys } from './context-keys.ts';
import type { EngineHub } from './engine-hub.ts';
import type { JobController } from './jobs/job-controller.ts';
import type { Log } from './log.ts';
import type { Panels } from './panels/panels.ts';
import type { Passwords } from './passwords.ts';
import type { DeviceHealth } from './views/device-health.ts';
import type { DeviceStore } from './views/device-store.ts';
import type { HistoryStore } from './views/history-store.ts';
import type { Views } from './views/views.ts';
import type { VirtualPhones } from './virtual/virtual-phones.ts';

/** The parts that commands work with; built once by `extension.ts`. */
export interface Services {
  readonly extension: ExtensionContext;
  readonly log: Log;
  readonly keys: ContextKeys;
  readonly hub: EngineHub;
  readonly jobs: JobController;
  readonly devices: DeviceStore;
  readonly history: HistoryStore;
  readonly health: DeviceHealth;
  readonly passwords: Passwords;
  readonly views: Views;
  readonly virtualPhones: VirtualPhones;
  readonly panels: Panels;
}

/** A command as it is registered: `argument` is the tree's row, absent when called from the palette. */
export type CommandHandler = (services: Services, argument?: unknown) => Promise<void>;
