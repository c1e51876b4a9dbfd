/*
 * A selection as plain data: what panels, plans, the command line and `backup.json` carry. `selection/` reads it from text
 * and compiles it to a predicate.
 */

/** Narrows a term to some of its files; all that is given must hold. */
export interface SelectionFilter {
  /** Bytes, inclusive. */
  readonly minBytes?: number;
  readonly maxBytes?: number;
  /** Days as `yyyy-MM-dd`, of the file's last change, inclusive; in the time zone of this computer. */
  readonly after?: string;
  readonly before?: string;
}

export type SelectionTerm = (
  | { readonly kind: 'category'; readonly id: string }
  /** An app with its containers, groups and extensions. */
  | { readonly kind: 'app'; readonly bundleId: string }
  /** A domain, or all that begin with what stands before a final `*`. */
  | { readonly kind: 'domain'; readonly domain: string }
  /** A file or folder of a domain: `*` stands for anything but `/`, `**` for anything; a final `/` takes all below. */
  | { readonly kind: 'path'; readonly domain: string; readonly pattern: string }
) & { readonly where?: SelectionFilter };

/** What is chosen: all of `include` (everything where it is empty) but what is in `exclude`. */
export interface Selection {
  readonly include: readonly SelectionTerm[];
  readonly exclude: readonly SelectionTerm[];
}

/** What an app calls its own: from Info.plist, Manifest.plist or the phone. */
export interface AppDomains {
  readonly bundleId: string;
  readonly name: string | undefined;
  /** Identifiers of its shared groups, without `AppDomainGroup-`. */
  readonly groups: readonly string[];
  /** Identifiers of its extensions, without `AppDomainPlugin-`. */
  readonly plugins: readonly string[];
}
