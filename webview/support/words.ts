import type { PanelStart } from '../../src/shared/panel-messages.ts';
import { sizeText } from '../../src/shared/size-text.ts';

type Values = Readonly<Record<string, string | number>>;

/** How the page speaks: sentences by their English form, and the locale's numbers and dates. */
export interface Words {
  /** `message` in the person's language, with its `{name}` placeholders filled. */
  readonly t: (message: string, values?: Values) => string;
  readonly size: (bytes: number) => string;
  readonly count: (count: number) => string;
  /** `fraction` is 0 to 1. */
  readonly percent: (fraction: number) => string;
  readonly date: (date: Date) => string;
  /** For sorting names. */
  readonly compare: (a: string, b: string) => number;
}

export function wordsOf({ words, locale }: PanelStart): Words {
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const { compare } = new Intl.Collator(locale, { numeric: true });
  return {
    t: (message, values = {}) => fill(Object.hasOwn(words, message) ? (words[message] ?? message) : message, values),
    size: (bytes) => sizeText(bytes, locale),
    count: (count) => number.format(count),
    percent: (fraction) => percent.format(fraction),
    date: (day) => (Number.isNaN(day.getTime()) ? '' : date.format(day)),
    compare,
  };
}

function fill(message: string, values: Values): string {
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : whole));
}
