import type * as x509 from '@peculiar/x509';

type X509 = typeof x509;

let loaded: Promise<X509> | undefined;

/** Loads `@peculiar/x509` when the first pairing needs it. */
export function loadX509(): Promise<X509> {
  return (loaded ??= load());
}

/**
 * A library below it asks for the Reflect metadata API while it loads, and finds nothing to be told by it.
 * Empty answers do, and go away again, so that nobody else takes them for the real thing.
 */
async function load(): Promise<X509> {
  const reflect = Reflect as unknown as Record<string, unknown>;
  const wanted = ['getMetadata', 'getOwnMetadata', 'defineMetadata'].filter((name) => reflect[name] === undefined);
  for (const name of wanted) reflect[name] = () => undefined;
  try {
    return await import('@peculiar/x509');
  } finally {
    for (const name of wanted) delete reflect[name];
  }
}
