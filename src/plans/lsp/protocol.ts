import type { PlanFacts, SelectionSize } from '../../shared/plan-facts.ts';
import type { Selection } from '../../shared/selection.ts';

/* What server and client say to each other beside the language server protocol. No password is ever among it. */

/** Language id of `*.iphone-backup.yaml`. */
export const planLanguage = 'iphone-backup-plan';

export const planMessage = {
  /** Server asks: `FactsQuestion`; answer `WireFacts` or `null` where nothing is known or may be told. */
  facts: 'iphoneBackup/facts',
  /** Server asks: `MeasureQuestion`; answer `SelectionSize[]` or `null`. */
  measure: 'iphoneBackup/measure',
  /** Client tells: devices or backups changed. */
  factsChanged: 'iphoneBackup/factsChanged',
  /** Client tells: `boolean`, whether the workspace is trusted now. */
  trust: 'iphoneBackup/trust',
} as const;

export interface FactsQuestion {
  /** Facts of this device's newest backup, of any device's when absent. */
  readonly device?: string | undefined;
}

/** Dates travel as ISO texts. */
export interface WireFacts extends Omit<PlanFacts, 'from'> {
  readonly from?: { readonly udid: string; readonly id: string; readonly date: string } | undefined;
}

export interface MeasureQuestion {
  readonly entry: { readonly udid: string; readonly id: string };
  readonly selections: readonly Selection[];
}

export type MeasureAnswer = readonly SelectionSize[] | null;

/** `initializationOptions` of the client; all may be absent. */
export interface PlanServerOptions {
  readonly isTrusted?: boolean;
  /** BCP 47. */
  readonly locale?: string;
  /** English sentences and their translations. */
  readonly translations?: Readonly<Record<string, string>>;
  /** Ids of the client's commands, called with the document's URI; without them there are no lenses. */
  readonly commands?: { readonly estimate: string; readonly backUp: string; readonly trust: string };
}
