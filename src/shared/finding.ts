/** One result of a check; the words for `code` are in `diagnosis/`. */
export interface Finding {
  readonly code: string;
  readonly severity: 'blocker' | 'warning' | 'info';
  /** Figures and names for the sentence. */
  readonly facts: Readonly<Record<string, string | number | boolean>>;
}
