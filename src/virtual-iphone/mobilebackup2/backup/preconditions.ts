import { mbError } from '../../../format/mb-errors.ts';
import { asString, type PlistDict } from '../../../plist/index.ts';
import type { Phone } from '../../service.ts';
import { AgentError, LinkEnded } from '../errors.ts';
import { compareVersions } from '../state/versions.ts';

/** From this iOS on a backup needs the passcode on the phone. */
const passcodeSince = '16.1';

/** Everything that ends a backup before the phone looks at the host's folder. */
export async function checkBackupAllowed(phone: Phone, request: PlistDict, gone: AbortSignal): Promise<void> {
  const { moods, identity } = phone;
  requireOwnTarget(phone, request);
  if (moods.setupUnfinished) throw new AgentError(mbError.setupUnfinished, 'Unable to backup until Setup is finished');
  if (compareVersions(identity.iosVersion, passcodeSince) >= 0) await requirePasscode(phone, gone);
  else if (moods.locked) throw new AgentError(mbError.generic, 'Error copying keychain data');
  if (moods.snapshotLeftover) {
    throw new AgentError(mbError.exists, 'Failed to create snapshot: File exists (17) at path "/private/var"');
  }
}

/** Requests name the phone they are for; the agent insists that it is the one. */
export function requireOwnTarget({ identity }: Phone, request: PlistDict): void {
  const target = asString(request['TargetIdentifier']);
  if (target !== identity.udid) throw new AgentError(mbError.generic, `Target identifier ${target ?? ''} is not this device`);
}

/** Shows the passcode prompt, where the phone has a passcode; 208 when nobody enters it or the phone stays locked. */
export async function requirePasscode(phone: Phone, gone: AbortSignal): Promise<void> {
  const entered = await phone.askPasscode(gone);
  if (gone.aborted) throw new LinkEnded('lost');
  if (!entered || phone.moods.locked) throw new AgentError(mbError.locked, 'Device locked');
}
