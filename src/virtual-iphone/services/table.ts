import type { Service } from '../service.ts';
import { afc } from './afc/service.ts';
import { diagnosticsRelay } from './diagnostics.ts';
import { heartbeat } from './heartbeat.ts';
import { installationProxy } from './installation-proxy.ts';
import { notificationProxy } from './notification-proxy.ts';
import { springboardServices } from './springboard.ts';

/** Every service except the backup agent. */
export const commonServices: readonly Service[] = [
  afc,
  diagnosticsRelay,
  heartbeat,
  installationProxy,
  notificationProxy,
  springboardServices,
];
