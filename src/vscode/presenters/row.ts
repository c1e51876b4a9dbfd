/** One row of a tree as words, before it becomes a `TreeItem`. All texts are plain: no markup is interpreted. */
export interface Row {
  /** Stable over updates, so that the selection survives them. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** Codicon, with the theme colour it takes where meaning needs one; the words say the same. */
  readonly icon: { readonly id: string; readonly color?: string };
  /** Tokens between semicolons, for the `when` clauses of the manifest. */
  readonly context: string;
  readonly tooltip: readonly TooltipLine[];
  readonly fold: 'none' | 'closed' | 'open';
  /** What a screen reader says in place of the label. */
  readonly spoken: string;
}

export interface TooltipLine {
  readonly name: string;
  readonly value: string;
}

/** `;device;trusted;idle;`: each token can be matched with its semicolons. */
export function contextTokens(...tokens: readonly (string | false | undefined)[]): string {
  return `;${tokens.filter((token) => typeof token === 'string').join(';')};`;
}

/** `iPhone 15 Pro · iOS 18.5 · USB` */
export function dotted(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter((part) => typeof part === 'string' && part !== '').join(' · ');
}
