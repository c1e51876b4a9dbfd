/** One part of a path, spaces included. Where nothing ends it, the rest of the line goes with it: better too much than a name. */
const part = String.raw`[^/\\\n"|]{1,200}`;

/** What names a person, a device, a place or a network by its form alone; the order matters. */
const forms: readonly (readonly [pattern: RegExp, label: string])[] = [
  // A file on the device or in a backup, as notices have it.
  [/"path":"(?:[^"\\]|\\.)*"/g, '"path":"‹path›"'],
  // Home folders of any platform, wherever the log came from.
  [/\/home\/[^/\\\s"'|]+/g, '~'],
  [new RegExp(String.raw`\/Users\/${part}`, 'g'), '~'],
  [new RegExp(String.raw`\b[A-Z]:[\\/]+Users[\\/]+${part}`, 'gi'), '~'],
  // Disks and shares, which people name.
  [new RegExp(String.raw`\/(?:Volumes|mnt|net|(?:run\/)?media\/[^/\n"|]{1,100})\/${part}`, 'g'), '‹disk›'],
  [new RegExp(String.raw`(?<![\p{L}\p{N}])[A-Z]:(?:\\+|\/(?!\/))${part}`, 'giu'), '‹disk›'],
  [new RegExp(String.raw`(?<=^|[\s"'(|])\\{2,4}${part}\\+${part}`, 'gm'), '‹share›'],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '‹id›'],
  // A UDID with or without its dash, or 40 hexadecimal digits.
  [/\b(?:[0-9a-f]{40}|[0-9a-f]{8}-?[0-9a-f]{16})\b/gi, '‹udid›'],
  [/[\p{L}\p{M}\p{N}_.+%-]{1,64}@[\p{L}\p{M}\p{N}-]{1,63}(?:\.[\p{L}\p{M}\p{N}-]{1,63}){1,8}/gu, '‹mail›'],
  [/\+\d[\d\s().-]{6,20}\d/g, '‹number›'],
  [/\(\d{2,5}\)[\s\d-]{5,14}\d/g, '‹number›'],
  // No size or time of ours begins with a zero.
  [/(?<![\w.,:-])0\d{8,13}(?![\w.])/g, '‹number›'],
  [/\b[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}(?:[:-][0-9a-f]{2}){0,2}\b/gi, '‹address›'],
  [/\bfe80::[0-9a-f:%\w]*/gi, '‹address›'],
  [/(?<![\d.])(?!127\.|0\.)(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g, '‹address›'],
  // IMEI, ICCID, MEID, ECID: long runs of digits that are no size or time of ours, also in the groups that settings show.
  [/(?<![\d.])\d{14,22}(?![\d.])/g, '‹number›'],
  [/(?<![\d.])\d{2} \d{6} \d{6} \d\b/g, '‹number›'],
  // A serial number: letters and digits mixed.
  [/\b(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z\d]{10,12}\b/g, '‹serial›'],
];

/** Names that many devices have: they name nobody. */
const ordinary: ReadonlySet<string> = new Set(['iphone', 'ipad', 'ipod', 'ipod touch']);

/** Names of plain letters below this length (`Max`, `dev`) are taken out as whole words only. */
const wholeWord = 8;

/**
 * Takes out of log lines what names a person or a device: identifiers, telephone numbers, addresses, home folders, disks,
 * and each name that was told to `hide`. The same device keeps the same label, so that a log can still be followed.
 */
export class Redactor {
  readonly #labels = new Map<string, string>();
  #names: RegExp | undefined;

  constructor(homeFolder: string) {
    if (homeFolder.length > 1) this.hide(homeFolder, '~');
  }

  /** From now on `name`, a folder or a word, appears as `label`, however it is written. */
  hide(name: string | undefined, label: string): void {
    if (name === undefined || ordinary.has(name.toLowerCase())) return;
    for (const variant of variantsOf(name)) if (isTelling(variant)) this.#labels.set(variant.toLowerCase(), label);
    this.#names = undefined;
  }

  redact(text: string): string {
    this.#names ??= anyOf([...this.#labels.keys()]);
    const named = text.replace(this.#names, (found) => this.#labels.get(found.toLowerCase()) ?? '‹name›');
    return forms.reduce((out, [pattern, label]) => out.replace(pattern, label), named);
  }
}

/** One letter of the alphabet is no name; one ideograph is. */
const isTelling = (name: string): boolean => name.length > 1 || /[^\p{ASCII}]/u.test(name);

/** A name as disks, JSON, addresses and keyboards spell it. */
function variantsOf(name: string): ReadonlySet<string> {
  const bare = name.toWellFormed();
  const spelt = [bare, bare.normalize('NFC'), bare.normalize('NFD'), bare.replaceAll('’', "'"), bare.replaceAll("'", '’')];
  return new Set(spelt.flatMap((each) => [each, each.replaceAll('\\', '/'), JSON.stringify(each).slice(1, -1), encodeURI(each)]));
}

/** The longest first: a name may begin with another one. */
function anyOf(names: readonly string[]): RegExp {
  const longestFirst = names.toSorted((a, b) => b.length - a.length).map((name) => {
    const literal = name.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
    return name.length < wholeWord && /^[a-z\d]+$/.test(name) ? String.raw`(?<![\p{L}\p{N}])${literal}(?![\p{L}\p{N}])` : literal;
  });
  return longestFirst.length === 0 ? /(?!)/g : new RegExp(longestFirst.join('|'), 'giu');
}
