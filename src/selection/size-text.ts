const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const;
const binaryUnits: Readonly<Record<string, number>> = { KIB: 2 ** 10, MIB: 2 ** 20, GIB: 2 ** 30, TIB: 2 ** 40 };
const pattern = /^(\d{1,15}(?:\.\d{1,6})?)\s*([KMGT]?i?B)$/i;

/** Bytes from `10MB`, `1.5 GB` (of 1000), `64KiB` (of 1024) or `123B`; `undefined` for anything else. */
export function parseSize(text: string): number | undefined {
  const [, figure = '', unit = ''] = pattern.exec(text.trim()) ?? [];
  const power = units.findIndex((known) => known === unit.toUpperCase());
  const factor = binaryUnits[unit.toUpperCase()] ?? (power < 0 ? undefined : 1000 ** power);
  const bytes = factor === undefined ? Number.NaN : Math.round(Number(figure) * factor);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** The shortest text that says exactly this many bytes. */
export function sizeText(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= 1000 && value % 1000 === 0 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1];
  return `${value}${units[unit]}`;
}
