/** More than any phone has; a hostile manifest may name millions. */
const maxDomains = 10_000;

/** Keeps what was made for each domain, within bounds. Files come domain by domain, so the last one is asked first. */
export function domainCache<T>(make: (domain: string) => T): (domain: string) => T {
  const made = new Map<string, T>();
  let last: { readonly domain: string; readonly value: T } | undefined;
  return (domain) => {
    if (last?.domain === domain) return last.value;
    let value = made.get(domain);
    if (value === undefined) {
      if (made.size >= maxDomains) made.clear();
      value = make(domain);
      made.set(domain, value);
    }
    last = { domain, value };
    return value;
  };
}
