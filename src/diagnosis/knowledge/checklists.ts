import type { Remedy, Seen } from './row.ts';

/** A condition in the words for each of its states; a state that never occurs has none. */
function condition(fact: string, words: Partial<Record<Seen, string>> & { readonly unknown: string }): Remedy[] {
  return Object.entries(words).map(([is, step]) => ({ step, when: { fact, is: is as Seen } }));
}

const lowPowerMode = condition('lowPower', { unknown: 'Low Power Mode off: only Settings › Battery on the device shows it.' });

/** What must be so for the nightly iCloud backup, line by line. */
export const nightlyConditions: readonly Remedy[] = [
  ...condition('cloud', {
    yes: 'iCloud Backup is on: the device says so.',
    unknown: 'iCloud Backup is on: see Settings › [your name] › iCloud › iCloud Backup.',
  }),
  ...condition('power', {
    yes: 'On power: the device says that it is.',
    no: 'On power: the device says that it is not. Leave it on its charger over night.',
    unknown: 'On power: look for the bolt at the battery of the device, and leave it on its charger over night.',
  }),
  ...condition('locked', {
    yes: 'Screen locked: the device says that it is.',
    no: 'Screen locked: it is not at this moment. At night it locks by itself, unless Settings › Display & Brightness › Auto-Lock is Never.',
    unknown: 'Screen locked: press the side button, and see that Settings › Display & Brightness › Auto-Lock is not Never.',
  }),
  ...condition('wifi', {
    yes: 'On Wi-Fi: this computer sees the device in its network. The router must not restart at night.',
    unknown: 'On Wi-Fi: see Settings › Wi-Fi on the device. The router must not restart at night.',
  }),
  ...condition('due', {
    yes: 'Due: the last iCloud backup, of {last}, is more than 24 hours old.',
    no: 'Due: it is not, for the last iCloud backup, of {last}, is less than 24 hours old.',
    unknown: 'Due: it runs when the last one is more than 24 hours old; Settings › [your name] › iCloud › iCloud Backup shows its date.',
  }),
  ...condition('fits', {
    yes: 'Room in iCloud: a backup needs about {needed}, which the free 5 GB hold if nothing else fills them.',
    no: 'Room in iCloud: a backup needs about {needed}, more than the free 5 GB hold. Without a paid plan it does not fit.',
    unknown: 'Room in iCloud: Settings › [your name] › iCloud shows what is left.',
  }),
  ...lowPowerMode,
];

/** What must be so for a program that backs up by itself, line by line. */
export const automaticConditions: readonly Remedy[] = [
  ...condition('due', {
    yes: 'Due: the device tells of no backup to a computer in the last 24 hours.',
    no: 'Due: it is not, for the device tells of a backup to a computer less than 24 hours ago. Another program may have made it.',
    unknown: 'Due: programs wait until the last backup is 24 hours old; one that was started by hand counts too.',
  }),
  ...condition('contact', {
    yes: 'Known to this computer: it is connected by cable, or was paired within 30 days.',
    no: 'Known to this computer: its pairing is more than 30 days old. Connect it once by cable and unlock it.',
    unknown: 'Known to this computer: after 30 days without contact the pairing for Wi-Fi ends. Connect it once by cable.',
  }),
  ...condition('wifi', {
    yes: 'In the same network: this computer sees the device there.',
    unknown: 'In the same network: without a cable, device and computer must be in the same Wi-Fi, and both awake.',
  }),
  ...condition('opened', {
    yes: 'Unlocked since its restart: it lets this computer in.',
    no: 'Unlocked since its restart: it was not, and lets nobody in before its passcode was entered once.',
    unknown: 'Unlocked since its restart: an empty battery or an update restarts it, too. Enter its passcode once.',
  }),
  ...condition('unlocked', {
    yes: 'Unlocked within a day, and not in emergency mode: it is unlocked now.',
    unknown: 'Unlocked within a day, and not in emergency mode, which pressing the power button five times starts. Enter its passcode.',
  }),
  ...condition('unattended', {
    yes: 'Without a passcode: its iOS is older than 16.1 and does not ask for it at each backup.',
    no: 'Without a passcode: since iOS 16.1 each backup waits for it, so none runs while nobody is near.',
    unknown: 'Without a passcode: from iOS 16.1 on each backup waits for it, so none runs while nobody is near.',
  }),
  ...condition('window', { unknown: 'Time enough: the hours in which the program may back up must leave room for a second try.' }),
  ...lowPowerMode,
];
