/* Front door of the room: a link over a socket, and the host's side of the conversations over it. */
export type { BackupFolder, FolderEntry, FolderReader, FolderWriter } from './backup-folder.ts';
export type { DeviceLink, LinkOptions } from './device-link.ts';
export type { ConversationEvent, ConversationListener, ConversationPhase, CurrentFile } from './events.ts';
export type { LinkTimings } from './link-limits.ts';
export { openLink } from './opening.ts';
export { changePassword, info, runBackup, runRestore } from './requests.ts';
export type { BackupOptions, InfoOptions, PasswordOptions, RestoreOptions } from './requests.ts';
export type { ConversationResult } from './verdict.ts';
