import type { Translate } from '../shared/words.ts';

const sentences: Readonly<Record<string, (t: Translate) => string>> = {
  version: (t) => t('The version of the plan language: `1`.'),
  device: (t) => t('The device to back up: its name, its UDID, an alias of `devices`, or `any`.'),
  devices: (t) => t('Aliases: short names for devices of this file, each with a UDID or the name of a device.'),
  include: (t) =>
    t('What to back up: categories, apps, domains and paths. Everything where it is absent. The phone still sends its whole backup; what is not chosen is removed before the backup is kept.'),
  exclude: (t) => t('What to leave out of what is included.'),
  encrypted: (t) =>
    t('`true`: the backup must be encrypted. `false`: it must not be. Absent: as the device is set. The password is asked for; it is never written here.'),
  library: (t) => t('The folder of all backups. In the editor the folder of the settings counts, and you are asked when the two differ.'),
  retention: (t) =>
    t('Which older backups made by this plan go to the trash after a run: those that no rule keeps. Never the newest, never a locked one, never one of another selection.'),
  'retention.keep-last': (t) => t('Keeps so many of the newest backups.'),
  'retention.keep-days': (t) => t('Keeps the backups of the last so many days.'),
  schedule: (t) =>
    t('Conditions for `iphone-backup backup --plan FILE --if-due`, which a timer of the system calls: all must hold. Nothing runs by itself.'),
  'schedule.every': (t) => t('Least time between two backups, such as `12 hours`, `1 day` or `2 weeks`; a tenth of it may be missing.'),
  'schedule.connection': (t) => t('Only over this connection: `usb` or `wifi`.'),
  'schedule.charging': (t) => t('`true`: only while the device charges, or its battery is full.'),
  'schedule.battery': (t) => t('Least charge of the battery in percent.'),
  notes: (t) => t('Anything you want to remember.'),
};

/** What a key means, in a sentence or two of Markdown; `path` as in `schedule.every`. `undefined` for a key that is none. */
export const keyText = (path: string, t: Translate): string | undefined => (Object.hasOwn(sentences, path) ? sentences[path]?.(t) : undefined);
