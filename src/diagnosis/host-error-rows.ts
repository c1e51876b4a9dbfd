import type { ErrorTable } from './error-row.ts';

/** The way to the device: muxer, cable, TLS. */
export const connectionRows: ErrorTable = {
  'mux.missing': {
    sentence: 'The service that talks to iPhones is not running on this computer.',
    cause: '',
    next: 'Start the usbmuxd service.',
    nextOn: {
      linux: 'Install usbmuxd (Debian, Ubuntu: sudo apt install usbmuxd; Fedora: sudo dnf install usbmuxd) and connect the device again.',
      win32: 'Install the Apple Devices app from the Microsoft Store, or iTunes, and connect the device again.',
      darwin: 'Connect the device again; if that does not help, restart the Mac.',
    },
  },
  'mux.refused': {
    sentence: 'The service that talks to iPhones refused the connection.',
    cause: 'The device may just have gone, or it does not offer what was asked.',
    next: 'Connect the device again, then try again.',
    action: 'retry',
  },
  'mux.bad-address': {
    sentence: 'The address of the muxer is not valid.',
    cause: 'It is set in iphoneBackup.muxer.address or in USBMUXD_SOCKET_ADDRESS.',
    next: 'Write 127.0.0.1:PORT or UNIX:/path, or leave it empty.',
  },
  'mux.protocol': {
    sentence: 'The service that talks to iPhones answered in a way that is not understood.',
    cause: 'Something else may listen at its address.',
    next: 'Check the setting iphoneBackup.muxer.address.',
  },
  'mux.untrusted': {
    sentence: 'The socket at the address of the muxer belongs to another user of this computer.',
    cause: 'Whoever owns it could listen to backups and passwords.',
    next: 'Check the setting iphoneBackup.muxer.address and USBMUXD_SOCKET_ADDRESS; the service of the system belongs to the system.',
  },
  'link.lost': {
    sentence: 'The connection to the device broke.',
    cause: 'A cable, a hub, or sleep of the computer or the device.',
    next: 'Use another cable and a port of the computer itself, and try again.',
    action: 'retry',
    isResumable: true,
  },
  'link.silent': {
    sentence: 'The device has stopped answering.',
    cause: 'It may be busy, asleep or stuck.',
    next: 'Unlock it, restart it if need be, and try again.',
    action: 'retry',
    isResumable: true,
  },
  'link.tls': {
    sentence: 'The secure connection to the device could not be made.',
    cause: 'The pairing is probably out of date.',
    next: 'Pair again and tap Trust on the device.',
    action: 'pair',
  },
  'link.refused': {
    sentence: 'The device refused the connection.',
    cause: 'The service may be starting, or the device is busy.',
    next: 'Wait a moment, then try again; restart the device if it goes on.',
    action: 'retry',
  },
  'device.gone': {
    sentence: 'The device is no longer connected.',
    cause: '',
    next: 'Connect it again, then try again.',
    action: 'retry',
    isResumable: true,
  },
  'device.none': {
    sentence: 'No iPhone or iPad is connected.',
    cause: '',
    next: 'Connect one with a cable and unlock it, or try a virtual iPhone.',
  },
};

/** This computer: disk, rights, other runs. */
export const hostRows: ErrorTable = {
  'host.no-space': {
    sentence: 'The disk of the backup folder is full.',
    exactly: [
      'There is not enough free space on the disk of the backup folder: {needed} are needed, and {free} are free.',
      'There is not enough free space on the disk of the backup folder: {free} are free.',
    ],
    sizes: ['needed', 'free'],
    cause: '',
    next: 'Choose a folder on a larger disk, or free some space on this one.',
    action: 'choose-folder',
    isResumable: true,
  },
  'host.permission': {
    sentence: 'This computer does not allow writing to or reading from the backup folder.',
    cause: 'The rights of the folder, or the privacy settings of the system.',
    next: 'Check the rights of the folder, or choose another one.',
    nextOn: {
      darwin: 'Allow access for Visual Studio Code in System Settings › Privacy & Security › Full Disk Access, or choose another folder.',
    },
    action: 'choose-folder',
  },
  'host.read-only': {
    sentence: 'The backup folder is read-only.',
    cause: 'The disk is mounted read-only, or it was written by a newer version of this program.',
    next: 'Choose a folder on a disk that can be written to.',
    action: 'choose-folder',
  },
  'host.io': {
    sentence: 'The disk of the backup folder reported an error.',
    cause: 'A loose cable of an external disk, or a disk that is failing.',
    next: 'Check the disk, or choose a folder on another one.',
    action: 'choose-folder',
  },
  'host.missing': {
    sentence: 'The backup folder, or a part of it, is not there.',
    exactly: ['The disk “{disk}”, on which the backup folder lies, is not connected.'],
    cause: 'An external disk may not be connected.',
    next: 'Connect the disk, or choose another folder.',
    action: 'choose-folder',
  },
  'host.not-a-folder': {
    sentence: 'The chosen place is not a folder.',
    cause: '',
    next: 'Choose a folder.',
    action: 'choose-folder',
  },
  'host.not-a-file': {
    sentence: 'A file of the backup is something else than a file.',
    cause: 'Something changed the backup folder from outside.',
    next: 'Verify the backup.',
    action: 'verify',
  },
  'host.busy': {
    sentence: 'Another run for this device is in progress.',
    cause: 'In this window, in another one, or in a terminal.',
    next: 'Wait until it has ended, or cancel it.',
    action: 'show-jobs',
  },
  'host.file-busy': {
    sentence: 'Another program holds a file of the backup folder open.',
    cause: 'Most often a virus scanner or a program that indexes files.',
    next: 'Have it leave the backup folder out, then try again.',
    action: 'retry',
    isResumable: true,
  },
  'host.not-told': {
    sentence: 'This computer does not tell it.',
    cause: 'The command that would tell it is missing, or did not answer in time.',
    next: 'Nothing needs to be done; look into the settings of the system if it matters.',
  },
  'host.file-too-large': {
    sentence: 'A file is too large for the disk of the backup folder.',
    cause: 'Disks with FAT32 hold no file of 4 GB or more; long videos are larger.',
    next: 'Choose a folder on a disk with APFS, NTFS, ext4 or the like.',
    action: 'choose-folder',
    isResumable: true,
  },
  'host.entry-locked': {
    sentence: 'This backup is locked against deletion.',
    cause: '',
    next: 'Unlock it first.',
  },
  'host.entry-in-use': {
    sentence: 'This backup is being read and cannot be deleted now.',
    cause: 'It is being restored, verified, exported or looked into, here or in another window or program.',
    next: 'Wait until that has ended, or cancel it, then delete it again.',
  },
  'host.base-of-draft': {
    sentence: 'An interrupted backup builds on this one.',
    cause: '',
    next: 'Resume or discard the interrupted backup first.',
  },
  'host.exists': {
    sentence: 'Something lies already where this should go.',
    cause: 'Nothing is ever overwritten.',
    next: 'Choose another folder, or move what is there.',
  },
  'host.newer-library': {
    sentence: 'The backup folder was written by a newer version of this program and is read-only here.',
    cause: '',
    next: 'Update this program, or choose another folder.',
    action: 'choose-folder',
  },
  'host.locked': {
    sentence: 'The backup folder of this device is in use by another window or program.',
    cause: '',
    next: 'Wait until it has ended, or close it.',
    action: 'retry',
  },
  'host.suspended': {
    sentence: 'The computer was asleep during the run.',
    cause: '',
    next: 'Keep it awake and try again.',
    action: 'retry',
    isResumable: true,
  },
};
