import { asBoolean, asDict, type PlistDict } from '../../../plist/index.ts';
import type { HostFolder } from '../link/host-folder.ts';

/** `EnableCloudBackup`: switches iCloud backup; hosts name the state twice. */
export function enableCloudBackup({ link }: HostFolder, request: PlistDict): void {
  const state = asBoolean(request['CloudBackupState']) ?? asBoolean(asDict(request['Options'])?.['CloudBackupState']);
  link.phone.setMoods({ cloudBackupEnabled: state ?? false });
}
