const two = (part: number): string => String(part).padStart(2, '0');

/** `yyyy-MM-dd` in this computer's time zone. */
export function dayOf(date: Date): string {
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export function daysAgo(now: Date, days: number): string {
  return dayOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() - days));
}
