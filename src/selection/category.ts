import { endingOf } from '../shared/media-names.ts';

/** One file as a category sees it. */
export interface SelectedItem {
  readonly domain: string;
  readonly relativePath: string;
}

/**
 * What decides whether a file belongs to a category: any of its places. A place is a domain (a name, or a prefix that ends
 * in `*`) and paths in it: whole files, folders that end in `/`, or patterns with `*` for anything but `/`.
 * No paths means the whole domain. With `endings`, only files whose names end so (lower case, without the dot).
 */
export interface CategoryPlace {
  readonly domain: string;
  readonly paths?: readonly string[];
  readonly endings?: readonly string[];
}

export interface Category {
  /** Lower case with hyphens, as in plans and on the command line. */
  readonly id: string;
  readonly name: string;
  /** Id of the category that this one is a part of. */
  readonly parent?: string;
  /** A device puts it (or what makes it usable) into encrypted backups only. */
  readonly encryption: 'any' | 'mostly-encrypted' | 'encrypted-only';
  readonly places: readonly CategoryPlace[];
}

/** Databases lie with their journals, where those exist. */
const companions = ['', '-wal', '-shm', '-journal'];

/** Whether a domain's name is `pattern`, or begins with what stands before its final `*`. */
export const isDomainLike = (domain: string, pattern: string): boolean =>
  pattern.endsWith('*') ? domain.startsWith(pattern.slice(0, -1)) : domain === pattern;

/** What a category takes of one domain; `undefined` when it has no place there. */
export function placesIn(category: Category, domain: string): ((path: string) => boolean) | undefined {
  const places = category.places.filter((place) => isDomainLike(domain, place.domain)).map(placePredicate);
  const [first, ...others] = places;
  return first && (others.length === 0 ? first : (path) => places.some((matches) => matches(path)));
}

function placePredicate({ paths, endings }: CategoryPlace): (path: string) => boolean {
  const matches = pathPredicate(paths);
  return endings ? (path) => endings.includes(endingOf(path)) && matches(path) : matches;
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
