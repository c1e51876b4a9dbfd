const pattern = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whether a text is a day of the calendar, as `yyyy-MM-dd`. */
export const isDay = (text: string): boolean => startOf(text) !== undefined;

/** Unix seconds at which a day begins in this computer's time zone. Throws nothing: an unreal day is `NaN`. */
export const dayStart = (day: string): number => startOf(day) ?? Number.NaN;

/** Unix seconds at which the next day begins. */
export const dayEnd = (day: string): number => startOf(day, 1) ?? Number.NaN;

function startOf(text: string, later = 0): number | undefined {
  const [, year, month, day] = (pattern.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const date = new Date(year, month - 1, day);
  if (date.getFullYear() !== year || date.getMonth() !== month - 1 || date.getDate() !== day) return undefined;
  return new Date(year, month - 1, day + later).getTime() / 1000;
}
