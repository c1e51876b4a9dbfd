/** What may stand behind a key. */
export type KeyKind = 'number' | 'text' | 'flag' | 'terms' | 'aliases' | 'map' | 'duration' | 'choice';

export interface KeyInfo {
  readonly name: string;
  readonly kind: KeyKind;
  /** Numbers: inclusive. */
  readonly least?: number;
  readonly most?: number;
  readonly choices?: readonly string[];
  readonly keys?: readonly KeyInfo[];
}

/** Every key of the plan language, in the order in which plans are written. The published schema says the same. */
export const planKeys: readonly KeyInfo[] = [
  { name: 'version', kind: 'number', least: 1, most: 1_000_000 },
  { name: 'device', kind: 'text' },
  { name: 'devices', kind: 'aliases' },
  { name: 'include', kind: 'terms' },
  { name: 'exclude', kind: 'terms' },
  { name: 'encrypted', kind: 'flag' },
  { name: 'library', kind: 'text' },
  {
    name: 'retention',
    kind: 'map',
    keys: [
      { name: 'keep-last', kind: 'number', least: 1, most: 10_000 },
      { name: 'keep-days', kind: 'number', least: 1, most: 36_500 },
    ],
  },
  {
    name: 'schedule',
    kind: 'map',
    keys: [
      { name: 'every', kind: 'duration' },
      { name: 'connection', kind: 'choice', choices: ['usb', 'wifi'] },
      { name: 'charging', kind: 'flag' },
      { name: 'battery', kind: 'number', least: 1, most: 100 },
    ],
  },
  { name: 'notes', kind: 'text' },
];

/** The keys below a path; `''` is the root. */
export function keysBelow(path: string): readonly KeyInfo[] {
  return path === '' ? planKeys : (planKeys.find(({ name }) => name === path)?.keys ?? []);
}

export function keyInfo(path: string): KeyInfo | undefined {
  const [first = '', second] = path.split('.');
  const top = planKeys.find(({ name }) => name === first);
  return second === undefined ? top : top?.keys?.find(({ name }) => name === second);
}

/** Any device. */
export const anyDevice = 'any';

const secretKey = /pass(?:w|phrase|code)|pwd|^pin$|secret|kennwort|mot[-_ ]?de[-_ ]?passe|contrase|密码|パスワード|парол/i;

/** Whether a key was meant for a password, which no plan may hold. */
export const looksSecret = (key: string): boolean => secretKey.test(key);
