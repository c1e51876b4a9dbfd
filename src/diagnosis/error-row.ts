/** What software can do about an error, as a button beside the words. */
export type ErrorAction = 'retry' | 'pair' | 'choose-folder' | 'full-backup' | 'verify' | 'show-jobs' | 'set-password' | 'estimate';

/** One error in words: English sentences, which are at the same time the keys of their translations. */
export interface ErrorRow {
  /** What happened, for a person. */
  readonly sentence: string;
  /** In place of `sentence`: the first of these whose facts the error carries. */
  readonly exactly?: readonly string[];
  /** Names of facts that are bytes. */
  readonly sizes?: readonly string[];
  /** Why it usually happens; empty where the sentence says it. */
  readonly cause: string;
  /** The one best next step. Steps that destroy something name what. */
  readonly next: string;
  /** The next step where it depends on this computer's operating system. */
  readonly nextOn?: Readonly<Partial<Record<NodeJS.Platform, string>>>;
  readonly action?: ErrorAction;
  /** An interrupted backup keeps what it has received, and the next one goes on from it. */
  readonly isResumable?: true;
}

export type ErrorTable = Readonly<Record<string, ErrorRow>>;
