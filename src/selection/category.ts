/** One file as a selection sees it. */
export interface SelectedItem {
  readonly domain: string;
  readonly relativePath: string;
}

/**
 * What decides whether a file belongs to a category: any of its places. A place is a domain (a name, or a prefix that ends
 * in `*`) and paths in it: whole files, folders that end in `/`, or patterns with `*` for anything but `/`.
 * No paths means the whole domain.
 */
export interface CategoryPlace {
  readonly domain: string;
  readonly paths?: readonly string[];
}

export interface Category {
  /** Lower case with hyphens, as in plans and on the command line. */
  readonly id: string;
  readonly name: string;
  /** A device puts it (or what makes it usable) into encrypted backups only. */
  readonly encryption: 'any' | 'mostly-encrypted' | 'encrypted-only';
  readonly places: readonly CategoryPlace[];
}

/** Databases lie with their journals, where those exist. */
const companions = ['', '-wal', '-shm', '-journal'];

export type Predicate = (item: SelectedItem) => boolean;

/** Compiles a category; the predicate costs one look-up and a few comparisons per file. */
export function categoryPredicate(category: Category): Predicate {
  const byDomain = new Map<string, ((path: string) => boolean)[]>();
  const prefixes: { readonly prefix: string; readonly matches: (path: string) => boolean }[] = [];
  for (const { domain, paths } of category.places) {
    const matches = pathPredicate(paths);
    if (domain.endsWith('*')) prefixes.push({ prefix: domain.slice(0, -1), matches });
    else byDomain.set(domain, [...(byDomain.get(domain) ?? []), matches]);
  }
  return ({ domain, relativePath }) =>
    (byDomain.get(domain)?.some((matches) => matches(relativePath)) ?? false) ||
    prefixes.some(({ prefix, matches }) => domain.startsWith(prefix) && matches(relativePath));
}

function pathPredicate(paths: readonly string[] | undefined): (path: string) => boolean {
  if (!paths) return () => true;
  const files = new Set(paths.filter((path) => !path.endsWith('/') && !path.includes('*')).flatMap((path) => companions.map((end) => path + end)));
  const folders = paths.filter((path) => path.endsWith('/') && !path.includes('*'));
  const patterns = paths.filter((path) => path.includes('*')).map(patternOf);
  return (path) => files.has(path) || folders.some((folder) => path.startsWith(folder)) || patterns.some((pattern) => pattern.test(path));
}

/** `*` stands for anything within one folder; a pattern that ends in `/` takes all below. */
function patternOf(path: string): RegExp {
  const text = path.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*');
  return new RegExp(`^${text}${path.endsWith('/') ? '' : '(?:-wal|-shm|-journal)?$'}`);
}
