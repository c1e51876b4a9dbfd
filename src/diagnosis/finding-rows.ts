import type { Finding } from '../shared/finding.ts';

/** One finding in words, with the facts of the finding as placeholders. */
export interface FindingRow {
  readonly sentence: string;
  /** What to do about it; empty where nothing is to be done. */
  readonly next: string;
  /** Names of the facts that are numbers of bytes. */
  readonly sizes?: readonly (keyof Finding['facts'])[];
}

export type FindingTable = Readonly<Record<string, FindingRow>>;

/** What is found before a restore. */
export const restoreRows: FindingTable = {
  'restore.find-my': {
    sentence: 'Find My is on, so the device will refuse to be restored.',
    next: 'Switch it off in Settings › [your name] › Find My › Find My iPhone, and on again afterwards.',
  },
  'restore.find-my-unknown': {
    sentence: 'The device does not tell whether Find My is on.',
    next: 'If it is on, switch it off in Settings › [your name] › Find My › Find My iPhone first.',
  },
  'restore.supervised-erase': {
    sentence: 'The device is supervised and has iOS {ios}: since iOS 27, restoring such a device this way erases it.',
    next: "Restore it with the tools of the device's administrator.",
  },
  'restore.supervised': {
    sentence: 'The device is supervised: backups of supervised devices go back to supervised devices only.',
    next: '',
  },
  'restore.newer-ios': {
    sentence: 'The backup was made with iOS {backup}, which is newer than iOS {device} on the device.',
    next: 'Update the device first, in Settings › General › Software Update.',
  },
  'restore.older-ios': {
    sentence: 'The backup was made with iOS {backup}, the device has iOS {device}. The device converts the data by itself.',
    next: '',
  },
  'restore.no-space': {
    sentence: 'The backup holds {needed}, but only {free} are free on the device.',
    next: 'Free space on the device, or use one with more storage.',
    sizes: ['needed', 'free'],
  },
  'restore.custom-removes': {
    sentence: 'The backup holds only a part of the data, and everything else on the device would be deleted.',
    next: 'Restore it without deleting what it lacks.',
  },
  'restore.password-missing': { sentence: 'The backup is encrypted and needs its password.', next: 'Enter the backup password.' },
  'restore.password-wrong': { sentence: 'The password does not open this backup.', next: 'Try another password.' },
  'restore.not-encrypted': {
    sentence: 'The backup is not encrypted: saved passwords, Health, call history and Wi-Fi networks are not in it.',
    next: '',
  },
  'restore.other-device': {
    sentence: 'The backup comes from another device, {from}. What is bound to that device, such as some saved passwords, stays behind.',
    next: '',
  },
  'restore.other-class': {
    sentence: 'The backup comes from another kind of device ({from}), this one is {to}.',
    next: 'Most data will come over; apps and layouts made for the other kind will not.',
  },
  'restore.damaged': {
    sentence: 'The last check found {count} damaged files in this backup.',
    next: 'Use another backup, or go on without these files.',
  },
  'restore.incomplete': { sentence: 'The backup is not finished.', next: 'Use a finished one.' },
  'restore.missing-files': {
    sentence: '{count} files of the backup are missing; the device would stop at them.',
    next: 'Verify the backup, or use another one.',
  },
  'restore.custom': {
    sentence: 'The backup holds a part of the data only; what it lacks stays as it is on the device.',
    next: '',
  },
  'restore.locked': { sentence: 'The device is locked.', next: 'Unlock it and keep it unlocked.' },
  'restore.setup-unfinished': { sentence: 'The device is still being set up.', next: 'Finish the setup assistant on it first.' },
  'restore.battery': { sentence: 'The battery of the device is at {percent} %.', next: 'Connect it to power.' },
  'restore.network': { sentence: 'The device is connected by Wi-Fi, which is slower and breaks more easily.', next: 'Use a cable for a restore.' },
  'restore.unverified': { sentence: 'This backup was not verified since it was made.', next: 'Verify it first if you can wait.' },
};

/** What is found in the library and at the place where it lies. */
export const libraryRows: FindingTable = {
  'library.newer': {
    sentence: 'The backup folder was written by a newer version of this program and is read-only here.',
    next: 'Update this program, or choose another folder.',
  },
  'library.unreadable-entry': {
    sentence: 'The backup {name} cannot be read.',
    next: 'It is left alone; look at its folder with another program.',
  },
  'library.no-hard-links': {
    sentence: 'The disk of the backup folder has no hard links, so each backup occupies its whole size.',
    next: 'Choose a folder on a disk with APFS, NTFS, ext4 or the like.',
  },
  'library.not-alone': {
    sentence: 'The backup folder also holds files of other programs, such as {name}.',
    next: 'Choose a folder of its own, so that nobody else changes the backups.',
  },
  'library.in-workspace': {
    sentence: 'The backup folder lies inside the workspace {workspace}, where other tools may read or change it.',
    next: 'Choose a folder outside of it.',
  },
  'library.in-git-folder': {
    sentence: 'The backup folder lies inside the Git repository {repository}.',
    next: 'Choose a folder outside of it, so that no backup is ever committed or cleaned away.',
  },
  'library.in-cloud-folder': {
    sentence: 'The backup folder is synchronised with {provider}.',
    next: 'Choose a folder that stays on this computer.',
  },
  'library.missing': {
    sentence: 'The backup folder {folder} is not there.',
    next: 'If it is on an external disk, connect the disk; otherwise choose another folder.',
  },
  'library.unreadable': { sentence: 'The folder {folder} cannot be read ({error}).', next: 'Check its rights, or choose another folder.' },
  'library.no-full-disk-access': {
    sentence: 'macOS does not let this program read the folder {folder}.',
    next: 'Allow it in System Settings › Privacy & Security › Full Disk Access.',
  },
  'library.low-space': {
    sentence: 'Only {free} are free on the disk of the backup folder.',
    next: 'Free some space, or choose a folder on a larger disk.',
    sizes: ['free'],
  },
  'library.read-only': { sentence: 'The backup folder is read-only.', next: 'Choose a folder that can be written to.' },
};

/** What a verification has to add to the list of damage. */
export const verifyRows: FindingTable = {
  'verify.bytes-only': {
    sentence: 'Without its password only the bytes of this encrypted backup were checked, not whether it opens.',
    next: 'Verify it again with the password.',
  },
  'verify.password-wrong': { sentence: 'The password does not open this backup.', next: 'Try another password.' },
  'verify.repaired': {
    sentence: 'Lost or damaged lists of this backup were put back from their copies: {names}.',
    next: '',
  },
  'verify.healable': {
    sentence: 'Damaged files may come back: those that the device still has unchanged are repaired by a full backup.',
    next: 'Make a full backup of the device, then verify this one again.',
  },
  'verify.not-healable': {
    sentence: 'The damaged files of this encrypted backup cannot be repaired: the device encrypts what it sends anew with other keys.',
    next: 'Keep the backup for what is good in it, and make a new one.',
  },
  'verify.weak-key': {
    sentence: 'The encryption of this backup is of an old kind that can be guessed quickly.',
    next: 'Keep it in a safe place, or delete it once there is a newer one.',
  },
};
