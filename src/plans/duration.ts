const hour = 3_600_000;
const units: Readonly<Record<string, number>> = { hour, day: 24 * hour, week: 7 * 24 * hour };

/** Ms from `12 hours`, `1 day`, `2 weeks`; `undefined` for anything else. */
export function parseDuration(text: string): number | undefined {
  const [, count, unit = ''] = /^([1-9]\d{0,3})\s*(hour|day|week)s?$/.exec(text.trim()) ?? [];
  const factor = units[unit];
  return count === undefined || factor === undefined ? undefined : Number(count) * factor;
}

/** The shortest text that says so many ms, which are whole hours. */
export function durationText(ms: number): string {
  const unit = ['week', 'day'].find((name) => ms % (units[name] ?? hour) === 0) ?? 'hour';
  const count = Math.round(ms / (units[unit] ?? hour));
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
