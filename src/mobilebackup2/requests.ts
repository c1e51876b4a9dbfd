import type { PlistDict } from '../plist/index.ts';
import type { BackupFolder } from './backup-folder.ts';
import { closedFolder } from './closed-folder.ts';
import { converse } from './conversation.ts';
import type { DeviceLink } from './device-link.ts';
import type { ConversationListener } from './events.ts';
import type { ConversationResult } from './verdict.ts';

interface Listening {
  readonly onEvent?: ConversationListener | undefined;
}

export interface BackupOptions extends Listening {
  readonly udid: string;
  /** Forces a full backup. */
  readonly full: boolean;
}

export interface RestoreOptions extends Listening {
  readonly udid: string;
  /** UDID whose folder is restored. */
  readonly sourceId: string;
  readonly password?: string | undefined;
  readonly options: {
    readonly systemFiles: boolean;
    readonly reboot: boolean;
    readonly preserveSettings: boolean;
    /** Deletes everything on the phone that the backup lacks. */
    readonly removeItemsNotRestored: boolean;
  };
}

/** Old alone switches encryption off, new alone on, both change the password. */
export interface PasswordOptions extends Listening {
  readonly udid: string;
  readonly oldPassword?: string | undefined;
  readonly newPassword?: string | undefined;
}

export interface InfoOptions extends Listening {
  readonly udid: string;
  readonly sourceId: string;
}

/*
 * Each conversation needs a link of its own. It rejects with a `DeviceError('mb.<code>')` for the phone's verdict,
 * `HostError` when our disk was the cause, `DataError` for what no phone sends, `ConnectionError`, or `CancelledError`;
 * the link is closed then. After success the caller says his other goodbyes (lock, notifications) and closes it.
 */

/** A backup into `folder`. Success of the conversation is not yet a good backup: see `snapshotState` of the result. */
export function runBackup(link: DeviceLink, folder: BackupFolder, { udid, full, onEvent }: BackupOptions): Promise<ConversationResult> {
  const request: PlistDict = { MessageName: 'Backup', TargetIdentifier: udid, SourceIdentifier: udid };
  if (full) request['Options'] = { ForceFullBackup: true };
  return converse({ kind: 'backup', link, folder, request, onEvent });
}

/** A restore of `folder`; the phone restarts within seconds of its verdict when `reboot` is set. */
export function runRestore(link: DeviceLink, folder: BackupFolder, restore: RestoreOptions): Promise<ConversationResult> {
  const { udid, sourceId, password, options, onEvent } = restore;
  const wire: PlistDict = {
    RestoreSystemFiles: options.systemFiles,
    RestoreShouldReboot: options.reboot,
    // Without it the phone asks the host to copy the whole backup first.
    RestoreDontCopyBackup: true,
    RestorePreserveSettings: options.preserveSettings,
    RemoveItemsNotRestored: options.removeItemsNotRestored,
  };
  if (password !== undefined) wire['Password'] = password;
  const request: PlistDict = { MessageName: 'Restore', TargetIdentifier: udid, SourceIdentifier: sourceId, Options: wire };
  return converse({ kind: 'restore', link, folder, request, onEvent });
}

/** Switches encryption on or off or changes its password; the phone may ask for its passcode meanwhile. */
export function changePassword(
  link: DeviceLink,
  { udid, oldPassword, newPassword, onEvent }: PasswordOptions,
): Promise<ConversationResult> {
  const request: PlistDict = { MessageName: 'ChangePassword', TargetIdentifier: udid };
  if (oldPassword !== undefined) request['OldPassword'] = oldPassword;
  if (newPassword !== undefined) request['NewPassword'] = newPassword;
  return converse({ kind: 'change-password', link, folder: closedFolder, request, onEvent });
}

/** What the phone reads out of a backup about itself, as text; iOS 10 and later answer for unencrypted backups only. */
export function info(link: DeviceLink, folder: BackupFolder, { udid, sourceId, onEvent }: InfoOptions): Promise<ConversationResult> {
  const request: PlistDict = { MessageName: 'Info', TargetIdentifier: udid, SourceIdentifier: sourceId };
  return converse({ kind: 'info', link, folder, request, onEvent });
}
