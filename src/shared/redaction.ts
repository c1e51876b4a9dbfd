/** A UDID, with or without its dash, or 40 hexadecimal digits. */
const udid = /\b(?:[0-9a-f]{40}|[0-9a-f]{8}-?[0-9a-f]{16})\b/gi;
const mail = /\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}\b/g;
const telephone = /\+\d[\d -]{6,18}\d/g;
/** IMEI, ICCID, MEID: long runs of digits that are no size or time of ours. */
const longNumber = /(?<![\d.])\d{14,22}(?![\d.])/g;
const macAddress = /\b[0-9a-f]{2}(?::[0-9a-f]{2}){5}\b/gi;
/** A home folder of any platform, wherever the log came from. */
const home = /(?:\/home\/|\/Users\/|[A-Za-z]:\\Users\\)[^/\\\s"']+/g;

/** Below this length a name (`Me`) would blacken ordinary words. */
const shortestName = 3;

/**
 * Takes out of log lines what names a person or a device: identifiers, telephone numbers, mail addresses, home folders,
 * and each name that was told to `hide`. The same device keeps the same label, so that a log can still be followed.
 */
export class Redactor {
  readonly #labels = new Map<string, string>();
  readonly #home: string;

  constructor(homeFolder: string) {
    this.#home = homeFolder;
  }

  hide(name: string | undefined, label: string): void {
    if (name !== undefined && name.length >= shortestName) this.#labels.set(name, label);
  }

  redact(text: string): string {
    let out = text;
    for (const [name, label] of [...this.#labels].toSorted(([a], [b]) => b.length - a.length)) out = out.replaceAll(name, label);
    if (this.#home.length > 1) out = out.replaceAll(this.#home, '~');
    out = out.replace(home, '~').replace(udid, '‹udid›').replace(mail, '‹mail›').replace(telephone, '‹number›');
    return out.replace(macAddress, '‹address›').replace(longNumber, '‹number›');
  }
}
