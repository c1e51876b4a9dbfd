interface Named {
  readonly udid: string;
  readonly name?: string | undefined;
}

/** The devices that a plan's `device` means: the one with that UDID, else all of that name; every one where it names none. */
export function matchDevices<T extends Named>(wanted: string | undefined, devices: readonly T[]): T[] {
  if (wanted === undefined) return [...devices];
  const same = devices.filter(({ udid }) => udid.toLowerCase() === wanted.toLowerCase());
  return same.length > 0 ? same : devices.filter(({ name }) => name === wanted);
}
