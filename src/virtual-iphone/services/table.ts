import { mobileBackup2Service } from '../mobilebackup2/index.ts';
import type { Service } from '../service.ts';
import { afc } from './afc/service.ts';
import { diagnosticsRelay } from './diagnostics.ts';
import { heartbeat } from './heartbeat.ts';
import { houseArrest } from './house-arrest.ts';
import { installationProxy } from './installation-proxy.ts';
import { notificationProxy } from './notification-proxy.ts';
import { springboardServices } from './springboard.ts';

export const phoneServices: readonly Service[] = [
  afc,
  diagnosticsRelay,
  heartbeat,
  houseArrest,
  installationProxy,
  mobileBackup2Service,
  notificationProxy,
  springboardServices,
];
