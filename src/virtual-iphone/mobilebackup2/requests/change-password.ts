import { mbError } from '../../../format/mb-errors.ts';
import { asString, type PlistDict, type PlistValue } from '../../../plist/index.ts';
import type { Phone } from '../../service.ts';
import { requireOwnTarget, requirePasscode } from '../backup/preconditions.ts';
import { AgentError } from '../errors.ts';
import type { HostFolder } from '../link/host-folder.ts';
import { backupKeys } from '../state/backup-keys.ts';
import { compareVersions } from '../state/versions.ts';

/** From this iOS on a change needs the passcode on the phone. */
const passcodeSince = '13.0';

/** `ChangePassword`: a new one only switches encryption on, an old one only switches it off, both change it. */
export async function changePassword(host: HostFolder, request: PlistDict): Promise<void> {
  const { phone } = host.link;
  requireOwnTarget(phone, request);
  const wanted = passwordOf(request['NewPassword']);
  // A wrong old password is refused at once, without a prompt (log of 2020).
  checkChange(phone, passwordOf(request['OldPassword']), wanted);
  if (compareVersions(phone.identity.iosVersion, passcodeSince) >= 0) await requirePasscode(phone, host.link.reader.gone);
  phone.agentMemory.backupPassword = wanted;
  await backupKeys(phone);
  phone.setValue('com.apple.mobile.backup', 'WillEncrypt', wanted !== undefined);
  phone.notify('com.apple.mobile.backup.domain_changed');
}

const passwordOf = (value: PlistValue | undefined): string | undefined => asString(value) || undefined;

function checkChange({ agentMemory, moods }: Phone, old: string | undefined, wanted: string | undefined): void {
  if (agentMemory.backupPassword !== old) throw new AgentError(mbError.password, 'Invalid password');
  if (old !== undefined && wanted === undefined && moods.mdmForcesEncryption) {
    const cause = 'Cannot remove iTunes Backup Encryption - Encrypted Backup MDM setting present on device (MBErrorDomain/22)';
    throw new AgentError(mbError.generic, 'Error setting WillEncrypt value in lockdown', cause);
  }
}
