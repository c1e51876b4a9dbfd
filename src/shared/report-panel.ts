import type { CheckGroup, CheckResult, Diagnosed } from './diagnosis-report.ts';

/* What the report panel and its host say to each other. Sentences come cleaned and in the person's language. */

/** One finding with all that is to be said of it. */
export interface ReportFinding {
  /** Id of the row of the knowledge. */
  readonly row: string;
  readonly severity: Diagnosed['severity'];
  /** How it is shown: in full, as a cause that nothing has confirmed, or as a note that stops nothing. */
  readonly kind: 'card' | 'possible' | 'note';
  readonly topic: string;
  /** Names of the devices it is about where several were looked at; empty otherwise. */
  readonly device: string;
  /** What was seen. */
  readonly sentence: string;
  /** Why it happens; empty where the sentence says it. */
  readonly cause: string;
  /** What it puts at risk; empty for nothing. */
  readonly risk: string;
  /** The safest first; `destroys` is empty for a step that loses nothing. */
  readonly steps: readonly { readonly text: string; readonly destroys: string }[];
  /** Words for the button of the best step that software can do. */
  readonly action: string | undefined;
  /** Names of public sources. */
  readonly sources: readonly string[];
  /** Ids of the checks that found it or could, to be tried again; empty where no check can. */
  readonly checks: readonly string[];
}

export interface ReportCheck {
  readonly id: string;
  /** The device it is about, by name; empty for this computer. */
  readonly device: string;
  readonly state: CheckResult['state'];
  /** Of the gravest thing that it found. */
  readonly severity: Diagnosed['severity'] | undefined;
  readonly title: string;
  /** That all is well, what was found in a few words, or why it could not find out. */
  readonly sentence: string;
}

export interface ReportGroup {
  readonly id: CheckGroup;
  readonly title: string;
  readonly checks: readonly ReportCheck[];
}

/** All that the page shows; each picture replaces the one before. */
export interface ReportPicture {
  readonly title: string;
  /** `Ready to back up`, `1 problem stops backups`, `Looking…` */
  readonly headline: string;
  readonly mood: 'looking' | 'good' | 'warning' | 'blocker';
  /** The run that the report follows, by its date; empty when somebody just asked. */
  readonly occasion: string;
  /** In ms since 1970. */
  readonly at: number;
  readonly isRunning: boolean;
  /** All is well, and a backup can begin from here. */
  readonly canBackUp: boolean;
  readonly findings: readonly ReportFinding[];
  readonly groups: readonly ReportGroup[];
  /** Why there is no report, or not a whole one; empty for nothing. */
  readonly failure: string;
}

export type ToReportPage =
  | { readonly type: 'picture'; readonly picture: ReportPicture }
  /** Something was done, e.g. copied; said once. */
  | { readonly type: 'told'; readonly text: string };

export type FromReportPage =
  | { readonly type: 'refresh' }
  | { readonly type: 'stop' }
  | { readonly type: 'again'; readonly checks: readonly string[] }
  /** Do the best step of the finding with this row. */
  | { readonly type: 'act'; readonly row: string }
  /** Open the page on the finding with this row. */
  | { readonly type: 'help'; readonly row: string }
  | { readonly type: 'back-up' }
  | { readonly type: 'copy' }
  | { readonly type: 'save-bundle' }
  | { readonly type: 'explain' };
