import { createHash } from 'node:crypto';
import type { AppDomains, Selection, SelectionFilter, SelectionTerm } from '../../../../src/selection/index.ts';
import type { TestFile } from './make-manifest.ts';

/** Numbers that a seed determines. */
export class Dice {
  readonly #seed: string;
  #rolls = 0;

  constructor(seed: string) {
    this.#seed = seed;
  }

  below(limit: number): number {
    return createHash('sha1').update(`${this.#seed} ${this.#rolls++}`).digest().readUInt32LE(0) % limit;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('Nothing to pick from');
    return item;
  }
}

export const testApps: readonly AppDomains[] = [
  { bundleId: 'com.example.notes', name: 'Notes of Example', groups: ['group.example.shared'], plugins: ['org.elsewhere.widget'] },
  { bundleId: 'com.example.photos', name: 'Photos of Example', groups: [], plugins: [] },
];

const places = [
  ['HomeDomain', 'Library/SMS/'],
  ['HomeDomain', 'Library/AddressBook/'],
  ['HomeDomain', 'Library/Safari/'],
  ['HomeDomain', 'Library/Preferences/'],
  ['CameraRollDomain', 'Media/DCIM/100APPLE/'],
  ['CameraRollDomain', 'Media/PhotoData/deep/er/'],
  ['MediaDomain', 'Library/SMS/Attachments/ab/'],
  ['HealthDomain', 'Health/'],
  ['AppDomain-com.example.notes', 'Documents/'],
  ['AppDomain-com.example.photos', 'Documents/Ünïcode/'],
  ['AppDomainGroup-group.example.shared', ''],
  ['AppDomainPlugin-org.elsewhere.widget', 'Library/'],
  ['AppDomainPlugin-com.example.photos.editor', ''],
  ['StrangeDomain', 'x/y/z/'],
] as const;
const names = ['sms.db', 'sms.db-wal', 'AddressBook.sqlitedb', 'History.db', 'IMG_0001.HEIC', 'IMG_0002.MOV', 'a, b', 'state.plist', 'data'] as const;

/** Files of a phone, each once, the content long enough to be looked for. */
export function randomFiles(dice: Dice, count: number): TestFile[] {
  const files = new Map<string, TestFile>();
  for (let n = 0; n < count; n++) {
    const [domain, folder] = dice.pick(places);
    const path = `${folder}${dice.pick(['', '', `sub-${dice.below(3)}/`])}${dice.below(2) === 0 ? `${dice.below(9)}-` : ''}${dice.pick(names)}`;
    files.set(`${domain}/${path}`, { domain, path, content: Buffer.from(`secret ${n} of ${domain} ${path} `.repeat(1 + dice.below(40))) });
  }
  return [...files.values()];
}

export function randomSelection(dice: Dice): Selection {
  const terms = (most: number): SelectionTerm[] => Array.from({ length: dice.below(most + 1) }, () => randomTerm(dice));
  return { include: terms(4), exclude: terms(3) };
}

function randomTerm(dice: Dice): SelectionTerm {
  const [domain, folder] = dice.pick(places);
  const term = dice.pick<SelectionTerm>([
    { kind: 'category', id: dice.pick(['messages', 'contacts', 'photos', 'photo-library', 'safari', 'settings', 'apps', 'message-attachments', 'health']) },
    { kind: 'app', bundleId: dice.pick(['com.example.notes', 'com.example.photos']) },
    { kind: 'domain', domain: dice.pick([domain, 'AppDomain*', 'AppDomainGroup-*']) },
    { kind: 'path', domain, pattern: folder === '' ? '**' : folder },
    { kind: 'path', domain: dice.pick([domain, '*']), pattern: `${dice.pick(['**/', '*/', ''])}${dice.pick(['*.db', '*', 'IMG_*', '**', '*a*'])}` },
  ]);
  return dice.below(4) === 0 ? { ...term, where: randomFilter(dice) } : term;
}

const randomFilter = (dice: Dice): SelectionFilter =>
  dice.pick<SelectionFilter>([{ minBytes: dice.below(900) }, { maxBytes: dice.below(900) }, { after: '2023-11-01' }, { before: '2023-11-01' }, { after: '2023-11-30' }]);
