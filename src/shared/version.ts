/** Orders dotted versions by their numbers: negative when `a` is older than `b`. Missing parts count as 0, text as 0. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbers(a), numbers(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const numbers = (version: string): number[] => version.split('.', 6).map((part) => Number.parseInt(part, 10) || 0);
