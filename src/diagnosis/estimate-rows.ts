import type { FindingTable } from './finding-rows.ts';

/** What is found while a backup is estimated. */
export const estimateRows: FindingTable = {
  'estimate.icloud-photos': {
    sentence: 'Photos that are safe in iCloud are not part of a backup. iCloud Photos seems to be on, and the device does not tell which those are.',
    next: '',
  },
  'estimate.last-closed': {
    sentence: 'The last backup is encrypted, so only its size is known: {size}.',
    next: 'With its password the estimate can tell what is in it.',
    sizes: ['size'],
  },
  'estimate.walk-incomplete': { sentence: 'Not all photos could be counted: the estimate knows {files} of them.', next: '' },
  'estimate.absurd-apps': { sentence: 'The device tells impossible sizes for {count} apps; they are left out.', next: '' },
  'estimate.rest-unknown': { sentence: 'The device does not tell how much of its storage is used, so messages, settings and the like are missing here.', next: '' },
  'estimate.rest-together': {
    sentence: 'Before the first backup nothing tells how much messages, their attachments and settings take each: the device tells only what is left of its used storage.',
    next: 'The first backup tells them apart.',
  },
  'estimate.demand-needs-ios': { sentence: 'The device was not asked: only iOS 14 and newer name what they demand.', next: '' },
  'estimate.demand-unnamed': { sentence: 'The device did not say what it demands.', next: '' },
  'estimate.demand-implausible': { sentence: 'The device demands {bytes} although only {used} of its storage are used: the figure is not to be believed.', next: '', sizes: ['bytes', 'used'] },
  'estimate.encryption-changed': { sentence: 'Backup encryption was changed since the last backup, so the next run sends everything.', next: '' },
  'estimate.source-failed': { sentence: 'This could not be found out: {source} ({code}).', next: '' },
};
