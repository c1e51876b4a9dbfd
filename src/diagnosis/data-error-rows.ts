import type { ErrorTable } from './error-row.ts';

/** Bytes that are not what they should be, and faults of our own. */
export const dataRows: ErrorTable = {
  'data.plist': {
    sentence: 'A property list could not be read.',
    cause: 'It is empty, damaged or not a property list.',
    next: 'Verify the backup, or make a full one.',
    action: 'full-backup',
  },
  'data.frame': {
    sentence: 'The device sent something that is not understood.',
    cause: 'The connection lost its step, most often by a bad cable or hub.',
    next: 'Use another cable and port, and try again.',
    action: 'retry',
  },
  'data.path': {
    sentence: 'The device or the backup named a file outside of its place.',
    cause: 'That never happens with a sound device; nothing was touched.',
    next: 'Do not trust this device or backup, and show the log to somebody who can judge it.',
  },
  'data.status': {
    sentence: 'The status of the backup cannot be read.',
    cause: 'Its Status.plist is empty, damaged or of a kind that is not known.',
    next: 'Verify the backup, or make a full one.',
    action: 'full-backup',
  },
  'data.manifest': {
    sentence: 'The file list of the backup cannot be read.',
    cause: 'It is damaged or encrypted with another password.',
    next: 'Verify the backup, or make a full one.',
    action: 'verify',
  },
  'data.keybag': {
    sentence: 'The keys of the backup cannot be read.',
    cause: 'Its Manifest.plist is damaged.',
    next: 'Verify the backup, or use another one.',
    action: 'verify',
  },
  'data.password': {
    sentence: 'The backup password is wrong.',
    cause: 'It is the password that was set for backups of this device, not its passcode.',
    next: 'Try again with another one.',
    action: 'retry',
  },
  'data.selection': {
    sentence: 'The selection is not understood.',
    cause: 'A category, app, domain, pattern or condition in it is misspelt, or comes from a newer version.',
    next: 'Correct the selection, then try again.',
  },
  'data.plan': {
    sentence: 'The backup plan has an error.',
    cause: 'It stands at the line and column named here.',
    next: 'Correct the plan, then try again; nothing was done.',
  },
  'data.selection-empty': {
    sentence: 'Nothing of what the device sent is in the selection.',
    cause: 'What was chosen is not on the device, or the device leaves it out of backups.',
    next: 'Choose something else, or discard the draft that is left of this run.',
  },
  'data.selection-void': {
    sentence: 'The selection takes nothing: all that it includes is excluded again.',
    cause: 'What is excluded counts more than what is included.',
    next: 'Exclude less, or include something else; nothing was asked of the device.',
  },
  'data.needs-encryption': {
    sentence: 'What was chosen is in encrypted backups only.',
    cause: 'Devices leave Health, Home, Wi-Fi networks and the like out of backups that are not encrypted.',
    next: 'Switch backup encryption on, then try again.',
    action: 'set-password',
  },
  'data.blocked': {
    sentence: 'The check before the restore found something that must be settled first.',
    cause: '',
    next: 'Begin the restore again to see what it is.',
    action: 'retry',
  },
  'data.no-backup': {
    sentence: 'The folder holds no backup.',
    cause: 'A backup is a folder with Info.plist, Manifest.plist and Status.plist in it.',
    next: 'Choose the folder of the backup itself, or the one above it.',
  },
  'data.several-backups': {
    sentence: 'The folder holds several backups.',
    cause: '',
    next: 'Choose one of them.',
  },
  'data.encryption-is-on': {
    sentence: 'Backup encryption is on already.',
    cause: 'It was switched on earlier, maybe on another computer.',
    next: 'Change the password if you know the one that is set.',
  },
  'data.encryption-is-off': {
    sentence: 'Backup encryption is off.',
    cause: '',
    next: 'Set a backup password first.',
    action: 'set-password',
  },
  'data.damaged': {
    sentence: 'The backup is damaged.',
    cause: 'Files are missing or were changed since it was made.',
    next: 'Verify it to see what is affected, and use another one.',
    action: 'verify',
  },
  'data.limit': {
    sentence: 'Something is larger than it can sensibly be.',
    cause: 'A damaged file, or a device that does not follow the rules.',
    next: 'Try again; if it happens again, show the log to somebody who can judge it.',
    action: 'retry',
  },
  'data.media-changed': {
    sentence: 'A file changed on the device while it was being sent.',
    cause: 'An app was writing to it.',
    next: 'Leave the device alone during the backup and try again.',
    action: 'retry',
  },
  'cancelled.host': { sentence: 'Cancelled.', cause: '', next: '', action: 'retry' },
  'cancelled.device': { sentence: 'Cancelled on the device.', cause: '', next: '', action: 'retry' },
  'crash.worker': {
    sentence: 'A part of iPhone Backup stopped unexpectedly.',
    cause: 'That is a fault of ours, not of your device.',
    next: 'Try again, and please report it with the log.',
    action: 'retry',
    isResumable: true,
  },
  'crash.internal': {
    sentence: 'Something went wrong inside iPhone Backup.',
    cause: 'That is a fault of ours, not of your device.',
    next: 'Try again, and please report it with the log.',
    action: 'retry',
  },
};
