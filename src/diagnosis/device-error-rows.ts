import type { ErrorRow, ErrorTable } from './error-row.ts';

const endedBySystem: ErrorRow = { sentence: 'The system of the device ended the run.', cause: '', next: 'Try again.', action: 'retry' };

const settingUp: ErrorRow = {
  sentence: 'The device is still being set up.',
  cause: '',
  next: 'Go through the setup assistant on the device to its end, then try again.',
  action: 'retry',
};

/** Several codes of which no more is known than of one. */
const same = (codes: readonly string[], row: ErrorRow): ErrorTable => Object.fromEntries(codes.map((code) => [code, row]));

/** What the device's backup agent answers (MBErrorDomain). */
export const backupAgentRows: ErrorTable = {
  'mb.1': {
    sentence: 'The device stopped with a general error.',
    cause: 'It is often locked or in the middle of something else.',
    next: 'Unlock the device, restart it, and try again.',
    action: 'retry',
  },
  'mb.2': {
    sentence: 'Several files failed on the device.',
    cause: 'Files that are protected cannot be read while the screen is locked.',
    next: 'Keep the device unlocked at the start and try again.',
    action: 'retry',
    isResumable: true,
  },
  'mb.3': {
    sentence: 'The device still holds the snapshot of an earlier run.',
    cause: 'A run that was ended by force can leave it behind.',
    next: 'Restart the device, then try again.',
    action: 'retry',
  },
  'mb.4': {
    sentence: 'The device asked for a file that the backup does not have.',
    cause: 'The backup is damaged, or a file was removed while it was in use.',
    next: 'Verify the backup, or make a full one.',
    action: 'full-backup',
  },
  'mb.5': {
    sentence: 'The folders of the backup are not as the device expects them.',
    cause: 'Something changed the backup folder from outside.',
    next: 'Make a full backup.',
    action: 'full-backup',
  },
  'mb.6': {
    sentence: 'The folders of the backup are not as the device expects them.',
    cause: 'Something changed the backup folder from outside.',
    next: 'Make a full backup.',
    action: 'full-backup',
  },
  'mb.7': {
    sentence: 'The folders of the backup are not as the device expects them.',
    cause: 'Links in the backup folder lead in a circle.',
    next: 'Make a full backup.',
    action: 'full-backup',
  },
  'mb.8': {
    sentence: 'The device missed an attribute of a file.',
    cause: 'The backup was copied by a program that did not keep everything.',
    next: 'Make a full backup.',
    action: 'full-backup',
  },
  'mb.9': {
    sentence: 'A file changed on the device while it was being sent.',
    cause: 'An app was writing to it.',
    next: 'Leave the device alone during the backup and try again.',
    action: 'retry',
  },
  'mb.11': {
    sentence: 'The device could not read a property list of the backup.',
    cause: 'An aborted run can leave such a file empty.',
    next: 'Make a full backup; the earlier ones stay as they are.',
    action: 'full-backup',
  },
  'mb.13': {
    sentence: 'The device was locked or the file was in use.',
    cause: 'Another program may be syncing with it.',
    next: 'Close Finder, iTunes or other sync programs, and try again.',
    action: 'retry',
  },
  'mb.14': {
    sentence: 'The device is busy.',
    cause: 'Another program may be syncing with it.',
    next: 'Wait a minute, then try again.',
    action: 'retry',
  },
  'mb.22': {
    sentence: "The device's policy does not allow this.",
    cause: 'A company or school profile forbids backups, or demands that they are encrypted.',
    next: 'Set a backup password, or ask the administrator of the device.',
  },
  'mb.25': {
    sentence: 'The device is still restoring from iCloud.',
    cause: 'Backups to a computer wait until that is done.',
    next: 'Wait until the restore has ended, or stop it in Settings › [your name] › iCloud › iCloud Backup.',
    action: 'retry',
  },
  'mb.26': {
    sentence: 'The device could not move a file between its volumes.',
    cause: '',
    next: 'Restart the device, then try again.',
    action: 'retry',
  },
  'mb.100': {
    sentence: 'Reading or writing failed between the device and this computer.',
    cause: 'The cable, a hub, or the disk of the backup folder.',
    next: 'Use another cable and a port of the computer itself, and try again.',
    action: 'retry',
  },
  'mb.101': {
    sentence: 'The device could not read its own storage.',
    cause: 'It may be nearly full, or need a restart.',
    next: 'Restart the device, free some of its space, and try again.',
    action: 'retry',
  },
  'mb.102': {
    sentence: 'The device could not write to its own storage.',
    cause: 'It is full, or it was restored before and has not been restarted since.',
    next: 'Restart the device, then try again.',
    action: 'retry',
  },
  'mb.103': {
    sentence: 'The device could not read a file of the backup from this computer.',
    cause: 'The file is missing or unreadable, or the screen was locked.',
    next: 'Unlock the device and try again; if it happens again, verify the backup.',
    action: 'retry',
  },
  'mb.104': {
    sentence: 'The device could not send or store some files.',
    cause: 'The screen was locked during the run, or this computer refused to write.',
    next: 'Keep the device unlocked at the start and try again; only what is missing is sent.',
    action: 'retry',
  },
  'mb.105': {
    sentence: 'There is not enough free space on the disk of the backup folder.',
    cause: 'The device begins only when what it will send fits with 128 MB to spare.',
    next: 'Free some space, or choose a folder on a larger disk.',
    action: 'choose-folder',
  },
  'mb.106': {
    sentence: 'The device has too little free space.',
    cause: 'The backup is larger than what is free on the device.',
    next: 'Offload large apps, which keeps their data, or use a device with more storage.',
  },
  'mb.202': { sentence: 'The run was cancelled on the device.', cause: '', next: 'Try again when it suits.', action: 'retry' },
  'mb.203': {
    sentence: 'The device does not know this version of the backup format.',
    cause: 'The backup comes from a newer iOS, or from a very old one.',
    next: 'Update the device; for a backup, make a full one.',
    action: 'full-backup',
  },
  'mb.204': { sentence: 'The backup is empty.', cause: '', next: 'Make a full backup.', action: 'full-backup' },
  'mb.205': {
    sentence: 'The device found the backup damaged or incomplete.',
    cause: 'Files are missing or were changed since the backup was made.',
    next: 'Verify the backup; restore another one, or make a full backup.',
    action: 'verify',
  },
  'mb.207': {
    sentence: 'The backup password is wrong.',
    cause: 'The password belongs to the device and may have been set years ago, on another computer.',
    next: 'Try the passwords that you used then. The last resort, Settings › General › Transfer or Reset › Reset › Reset All Settings, removes the password from the device together with all its settings; older backups stay locked.',
    action: 'retry',
  },
  'mb.208': {
    sentence: 'The device was locked.',
    cause: 'Since iOS 16.1 each backup needs the passcode on the device, and it waits about three minutes for it.',
    next: 'Try again, and enter the passcode on the device when it asks.',
    action: 'retry',
  },
  'mb.211': {
    sentence: 'Find My is on.',
    cause: 'A device that can be found does not let itself be restored.',
    next: 'Switch it off in Settings › [your name] › Find My › Find My iPhone, restore, and switch it on again.',
    action: 'retry',
  },
  ...same([217, 218, 219, 220, 221, 222, 224].map((code) => `mb.${code}`), endedBySystem),
  'mb.212': settingUp,
  'mb.223': { sentence: 'The system of the device put the run off.', cause: 'It had more urgent work.', next: 'Try again.', action: 'retry' },
  ...same(['mb.300', 'mb.301', 'mb.302'], { sentence: 'The device could not reach iCloud.', cause: '', next: 'Check the Wi-Fi of the device.' }),
  'mb.303': { sentence: 'The iCloud storage is full.', cause: '', next: 'Back up to this computer, or free iCloud storage.' },
  ...same(['mb.304', 'mb.306'], { sentence: 'iCloud is not available.', cause: '', next: 'Try again later.' }),
  ...same(['mb.305', 'mb.307'], { sentence: 'iCloud refused the sign-in.', cause: '', next: 'Sign in again in Settings on the device.' }),
};

/** What lockdownd and the start of a service answer. */
export const lockdownRows: ErrorTable = {
  'lockdown.PasswordProtected': {
    sentence: 'The device is locked.',
    cause: 'After a restart it tells nothing before its passcode was entered once.',
    next: 'Unlock it with its passcode, then try again.',
    action: 'retry',
  },
  'lockdown.UserDeniedPairing': {
    sentence: "Somebody tapped Don't Trust on the device.",
    cause: '',
    next: 'Pair again and tap Trust.',
    action: 'pair',
  },
  'lockdown.PairingDialogResponsePending': {
    sentence: 'The device still asks whether to trust this computer.',
    cause: '',
    next: 'Unlock it, tap Trust and enter its passcode.',
    action: 'pair',
  },
  'lockdown.InvalidHostID': {
    sentence: 'The device no longer trusts this computer.',
    cause: 'Its trust settings were reset, or it was restored.',
    next: 'Pair again and tap Trust on the device.',
    action: 'pair',
  },
  'lockdown.InvalidPairRecord': { sentence: 'The pairing with this device is not valid.', cause: '', next: 'Pair again.', action: 'pair' },
  'lockdown.MissingPairRecord': { sentence: 'This computer is not paired with the device.', cause: '', next: 'Pair it.', action: 'pair' },
  'lockdown.MissingHostID': { sentence: 'This computer is not paired with the device.', cause: '', next: 'Pair it.', action: 'pair' },
  'lockdown.SavePairRecordFailed': {
    sentence: 'The pairing could not be saved on this computer.',
    cause: 'The folder of the pair records is not writable for the muxer.',
    next: 'Check the rights of that folder, then pair again.',
    action: 'pair',
  },
  'lockdown.PairingProhibitedOverThisConnection': {
    sentence: 'The device pairs by cable only.',
    cause: '',
    next: 'Connect it with a cable, then pair.',
    action: 'pair',
  },
  'lockdown.ServiceProhibited': {
    sentence: 'The device does not allow this service.',
    cause: 'A profile of a company or school forbids it, or the device does not trust this computer.',
    next: 'Pair again; if that does not help, ask the administrator of the device.',
    action: 'pair',
  },
  ...same(['lockdown.InvalidService', 'lockdown.MissingService'], {
    sentence: 'The device does not know this service.',
    cause: 'Its iOS may be too old or too new for it.',
    next: 'Restart the device and try again.',
    action: 'retry',
  }),
  'lockdown.ServiceLimit': {
    sentence: 'Too many programs talk to the device at once.',
    cause: '',
    next: 'Close other programs that use it, then try again.',
    action: 'retry',
  },
  'lockdown.EscrowLocked': {
    sentence: 'The device has not been unlocked since its restart.',
    cause: '',
    next: 'Unlock it with its passcode, then try again.',
    action: 'retry',
  },
  'lockdown.FMiPProtected': {
    sentence: 'Find My protects the device.',
    cause: '',
    next: 'Switch it off in Settings › [your name] › Find My, then try again.',
    action: 'retry',
  },
  'lockdown.MCProtected': { sentence: 'The device is managed and refuses this.', cause: '', next: 'Ask the administrator of the device.' },
  'lockdown.MCChallengeRequired': {
    sentence: 'The device is supervised and pairs only with its own administrators.',
    cause: '',
    next: 'Ask the administrator of the device.',
  },
  'lockdown.GetProhibited': { sentence: 'The device does not tell this.', cause: '', next: 'Pair again.', action: 'pair' },
  'lockdown.MissingValue': { sentence: 'The device does not tell this.', cause: '', next: 'Try again.', action: 'retry' },
  ...same(['lockdown.SetProhibited', 'lockdown.RemoveProhibited', 'lockdown.ImmutableValue'], {
    sentence: 'The device does not let this be changed.',
    cause: '',
    next: 'Ask the administrator of the device.',
  }),
  ...same(['lockdown.SessionActive', 'lockdown.SessionInactive', 'lockdown.MissingSessionID', 'lockdown.InvalidSessionID'], {
    sentence: 'The session with the device had ended.',
    cause: '',
    next: 'Try again.',
    action: 'retry',
  }),
  ...same(['lockdown.InvalidActivationRecord', 'lockdown.MissingActivationRecord'], settingUp),
  ...same(['lockdown.InvalidResponse', 'lockdown.MissingKey'], {
    sentence: 'The device sent something that is not understood.',
    cause: 'The connection lost its step, most often by a bad cable or hub.',
    next: 'Use another cable and port, and try again.',
    action: 'retry',
  }),
  'service.encryption-unchanged': {
    sentence: 'The device did not change its backup encryption.',
    cause: 'A profile may forbid it, or the question on its screen was declined.',
    next: 'Try again, and enter the passcode on the device when it asks.',
    action: 'retry',
  },
  'service.version': {
    sentence: 'The device and this program do not speak the same version of the backup protocol.',
    cause: 'The iOS of the device is very old, or newer than this program.',
    next: 'Update this program, then try again.',
    action: 'retry',
  },
  'lockdown.InvalidConnection': { sentence: 'The device closed the connection.', cause: '', next: 'Try again.', action: 'retry' },
};
