import type { Wording } from './wording.ts';

export type Strength = 'short' | 'weak' | 'fair' | 'strong';

/** The device takes any password; below this many characters ours are refused, for the person's sake. */
const shortest = 4;

/** Character sets that a guesser would try, and how many characters each has. */
const sets: readonly [RegExp, number][] = [
  [/\d/, 10],
  [/[a-z]/, 26],
  [/[A-Z]/, 26],
  [/[^\dA-Za-z]/, 33],
];

/** Bits that take a guesser with one machine years against 10 million rounds of PBKDF2 (about ten guesses a second). */
const fairBits = 40;
const strongBits = 60;

/** A rough guess from length and variety; runs (`aaa`, `abc`, `123`) count once. It only hints and never decides. */
export function passwordStrength(password: string): Strength {
  if (password.length < shortest) return 'short';
  const variety = sets.filter(([set]) => set.test(password)).reduce((sum, [, size]) => sum + size, 0);
  const bits = effectiveLength(password) * Math.log2(Math.max(2, variety));
  if (bits >= strongBits) return 'strong';
  return bits >= fairBits ? 'fair' : 'weak';
}

function effectiveLength(password: string): number {
  let length = 0;
  let lastStep = Number.NaN;
  for (let index = 0; index < password.length; index++) {
    const step = password.charCodeAt(index) - password.charCodeAt(index - 1);
    const goesOn = step === lastStep && Math.abs(step) <= 1;
    if (!goesOn) length++;
    lastStep = step;
  }
  return length;
}

export function strengthText(strength: Strength, { t }: Wording): string {
  const words: Readonly<Record<Strength, string>> = {
    short: t('Too short: use at least {count} characters.', { count: shortest }),
    weak: t('Weak: a few words in a row are easy to remember and hard to guess.'),
    fair: t('Fair: longer is better.'),
    strong: t('Strong.'),
  };
  return words[strength];
}
