import type { Phone } from '../../service.ts';
import type { HostFolder } from '../link/host-folder.ts';
import type { BackupKeys } from '../state/backup-keys.ts';

/** What all phases of one backup share. */
export interface BackupContext {
  readonly phone: Phone;
  readonly host: HostFolder;
  /** Name of the host's folder for this phone. */
  readonly udid: string;
  readonly keys: BackupKeys;
  /** One reading of the phone's clock for the whole run, so that equal runs give equal bytes. */
  readonly date: Date;
}
