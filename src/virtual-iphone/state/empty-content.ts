import type { PhoneContent } from '../contract.ts';

/** A phone with nothing on it. */
export function emptyContent(): PhoneContent {
  return {
    items: () => [],
    totals: { items: 0, bytes: 0 },
    read: () => [],
    apps: () => [],
    media: () => ({ list: (path) => (path === '' ? [] : undefined), item: () => undefined }),
    advance: () => false,
    close: () => undefined,
  };
}
