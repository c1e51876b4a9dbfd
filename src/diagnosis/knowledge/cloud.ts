import { nightlyConditions } from './checklists.ts';
import type { KnowledgeRow } from './row.ts';
import { backUpHere, resetAllSettings, resetNetwork, restartDevice, updateIos, wordsOf } from './steps.ts';

const seed = 'AOMEI, 31 May 2024: iPhone backup failed';
const apple = 'https://support.apple.com/en-us/HT203516';

const byHand: KnowledgeRow['remedies'][number] = {
  step: 'Start it by hand: Settings › [your name] › iCloud › iCloud Backup › Back Up Now.',
};

/** The page with the apps that iCloud backs up has had three names; see `uncheckPath` of the estimate. */
const switchOff: KnowledgeRow['remedies'] = [
  {
    step: 'Settings › [your name] › iCloud › Storage › Backups › this device: switch off large apps and Photos, which iCloud Photos keeps anyway.',
    ios: { from: '18' },
    destroys: 'It deletes what the iCloud backups hold of these apps.',
  },
  {
    step: 'Settings › [your name] › iCloud › Manage Account Storage › Backups › this device: switch off large apps and Photos, which iCloud Photos keeps anyway.',
    ios: { from: '16', below: '18' },
    destroys: 'It deletes what the iCloud backups hold of these apps.',
  },
  {
    step: 'Settings › [your name] › iCloud › Manage Storage › Backups › this device: switch off large apps and Photos, which iCloud Photos keeps anyway.',
    ios: { below: '16' },
    destroys: 'It deletes what the iCloud backups hold of these apps.',
  },
];

const seeWhatToUncheck: KnowledgeRow['remedies'][number] = { step: 'See in the estimate which apps to uncheck to stay within 5 GB.', action: 'estimate' };

/** Its conditions: power, lock, Wi-Fi and a day between two; Low Power Mode holds background work back. */
const ofConditions = {
  signs: [],
  evidence: { checks: ['cloud'] },
  sizes: ['needed'],
  sources: [seed, apple, 'ilounge.com: schedule and requirements for automatic iCloud backups', 'soundsupport.biz, 4 December 2016'],
} satisfies Partial<KnowledgeRow>;

/** iCloud backups: what can be seen of them, and what to do on the device. */
export const cloudRows: readonly KnowledgeRow[] = [
  {
    id: 'cloud.no-space',
    topic: 'iCloud',
    severity: 'warning',
    short: 'iCloud likely full',
    symptom: '“You do not have enough space in iCloud to back up this iPhone”; worked for months, then fails every day.',
    sentence: 'The last iCloud backup is {days} days old, and a backup of this device needs about {needed}: more than the free 5 GB.',
    plainly: 'The iCloud storage is full.',
    cause: 'The free 5 GB are shared by all devices of the account; photos and backups are the largest parts.',
    risk: 'Nothing new has been saved to iCloud since.',
    remedies: [
      backUpHere,
      seeWhatToUncheck,
      ...switchOff,
      { step: 'Delete backups of devices that you no longer have, in the same place.', destroys: 'It deletes those backups from iCloud.' },
    ],
    signs: [{ code: 'mb.303', weight: 0.95 }],
    evidence: { checks: ['cloud'] },
    sizes: ['needed'],
    sources: [seed, apple],
  },
  {
    id: 'cloud.stale',
    topic: 'iCloud',
    severity: 'warning',
    short: 'iCloud backup is old',
    symptom: '“iPhone not backed up in weeks”; it never starts.',
    sentence: 'The last iCloud backup is {days} days old.',
    cause: 'It starts only on power, with the screen locked, on Wi-Fi and with room in iCloud; one of these is missing.',
    risk: 'What is newer is in no iCloud backup.',
    remedies: [backUpHere, ...nightlyConditions, byHand, restartDevice, updateIos, ...resetNetwork],
    ...ofConditions,
  },
  {
    id: 'cloud.account',
    topic: 'iCloud',
    severity: 'warning',
    short: 'Sign in to iCloud',
    symptom: '“There was a problem enabling iCloud Backup”; no account, not authorised (305).',
    ...wordsOf('mb.305'),
    cause: 'The account is signed out, its password was changed, or terms wait to be accepted.',
    risk: '',
    remedies: [{ step: 'Sign in again in Settings on the device.' }, { step: 'Open Settings › [your name] and answer what it asks.' }, backUpHere],
    signs: [
      { code: 'mb.305', weight: 0.95 },
      { code: 'mb.307', weight: 0.8 },
    ],
    evidence: {},
    sources: [seed, apple],
  },
  {
    id: 'cloud.network',
    topic: 'iCloud',
    severity: 'info',
    short: 'iCloud not reachable',
    symptom: 'iCloud cannot be reached (300, 304).',
    ...wordsOf('mb.300'),
    cause: 'A weak or filtered network, or a fault on Apple’s side: apple.com/support/systemstatus.',
    risk: '',
    remedies: [
      { step: 'Move closer to the router, or use another Wi-Fi.' },
      restartDevice,
      updateIos,
      backUpHere,
      ...resetNetwork,
      ...resetAllSettings,
    ],
    signs: [
      { code: 'mb.300', weight: 0.9 },
      { code: 'mb.301', weight: 0.8 },
      { code: 'mb.302', weight: 0.8 },
      { code: 'mb.304', weight: 0.9 },
      { code: 'mb.306', weight: 0.7 },
    ],
    evidence: {},
    sources: [seed, 'Certo and fone.tips: Reset All Settings also removes the backup password'],
  },
  {
    id: 'cloud.not-now',
    topic: 'iCloud',
    severity: 'info',
    short: 'iCloud waits for power',
    symptom: 'iCloud: never starts.',
    sentence: 'The nightly iCloud backup does not start as the device is now: it is not on power.',
    cause: 'It starts only on power, with the screen locked and on Wi-Fi.',
    risk: '',
    remedies: [...nightlyConditions, byHand],
    ...ofConditions,
  },
  {
    id: 'cloud.nightly',
    topic: 'iCloud',
    severity: 'info',
    isStanding: true,
    short: 'iCloud backup at night',
    symptom: 'When does the iCloud backup run by itself?',
    sentence: 'The iCloud backup runs by itself, mostly at night, when all of this is so.',
    cause: '',
    risk: '',
    remedies: [...nightlyConditions, byHand],
    ...ofConditions,
  },
  {
    id: 'cloud.too-large',
    topic: 'iCloud',
    severity: 'info',
    short: 'More than 5 GB',
    symptom: 'iCloud: not enough space.',
    sentence: 'A backup of this device needs about {needed}, more than the free 5 GB of iCloud.',
    cause: 'The free 5 GB are shared by all devices of the account.',
    risk: '',
    remedies: [
      seeWhatToUncheck,
      backUpHere,
      { step: 'Settings › [your name] › iCloud shows what uses the storage.' },
    ],
    signs: [],
    evidence: { checks: ['cloud'] },
    sizes: ['needed'],
    sources: [seed, apple],
  },
  {
    id: 'cloud.off',
    topic: 'iCloud',
    severity: 'info',
    short: 'iCloud backup is off',
    symptom: 'No iCloud backup of this device exists.',
    sentence: 'iCloud Backup is switched off on the device.',
    cause: '',
    risk: 'Without backups here nothing would be saved.',
    remedies: [
      backUpHere,
      { step: 'Switch it on: Settings › [your name] › iCloud › iCloud Backup.' },
    ],
    signs: [],
    evidence: { checks: ['cloud'] },
    sources: [seed, apple],
  },
  {
    id: 'cloud.stuck',
    topic: 'iCloud',
    severity: 'info',
    short: 'iCloud backup stuck',
    symptom: 'iCloud: stuck at “estimating time remaining”, much longer than expected.',
    sentence: 'An iCloud backup that seems stuck is often there already.',
    cause: 'The network, or a fault of iOS that shows an old state.',
    risk: '',
    remedies: [
      { step: 'Look first whether it is there: Settings › [your name] › iCloud › iCloud Backup shows the date of the last one.' },
      { step: 'Cancel it there, restart the device, and start it again.' },
      updateIos,
      backUpHere,
      ...resetNetwork,
      ...resetAllSettings,
    ],
    signs: [],
    evidence: { ask: 'Does the iCloud backup seem stuck?' },
    sources: [seed, 'Certo and fone.tips: Reset All Settings also removes the backup password'],
  },
];
