const sizeUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const;

/** Making a format costs more than all else about a figure, and a table has thousands of figures. */
const formats = new Map<string, Intl.NumberFormat>();

/** `1.2 GB`: decimal units, as phones and disks are sold. `locale` is BCP 47. */
export function sizeText(bytes: number, locale: string): string {
  const power = bytes < 1000 ? 0 : Math.min(sizeUnits.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return formatOf(locale, power, power === 0 || value >= 100 ? 0 : 1).format(value);
}

function formatOf(locale: string, power: number, digits: number): Intl.NumberFormat {
  const key = `${locale} ${power} ${digits}`;
  let format = formats.get(key);
  if (!format) {
    const unit = sizeUnits[power] ?? 'byte';
    format = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: power === 0 ? 'long' : 'short', maximumFractionDigits: digits });
    formats.set(key, format);
  }
  return format;
}
