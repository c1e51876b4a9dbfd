import type { CheckGroup, Diagnosed } from '../../shared/diagnosis-report.ts';
import { errorFacts } from '../../shared/errors.ts';
import { knowledgeRow, type Severity } from '../knowledge/knowledge.ts';
import { rowOfCode } from '../ranking.ts';
import type { CheckPorts } from './ports.ts';

/** A small question with an answer within its deadline. */
export interface Check {
  readonly id: string;
  readonly group: CheckGroup;
  /** What it looks at, in a few words. */
  readonly title: string;
  /** What it says when nothing is wrong. */
  readonly good: string;
  /** Ms; after them it could not find out. */
  readonly deadline: number;
  /** Id of a check without whose good end this one makes no sense. */
  readonly after?: string;
  /** Answers what it found; `undefined` when there was nothing to look at. A rejection: it could not find out. */
  run(ports: CheckPorts): Promise<readonly Diagnosed[] | undefined>;
}

/** Checks that write probes to the disk where they are asked for by name, or with all others; the kind of a disk may need a foreign command. */
export const writingChecks: ReadonlySet<string> = new Set(['folder', 'disk-kind', 'disk-speed']);

/** A finding of a row, as grave as the row says unless told otherwise. */
export function found(row: string, facts: Diagnosed['facts'] = {}, severity?: Severity): Diagnosed {
  return { row, severity: severity ?? knowledgeRow(row)?.severity ?? 'warning', facts };
}

/** What an error says by its code alone; throws it again where the knowledge has no row for it. */
export function foundByError(error: unknown): Diagnosed[] {
  const { code, facts } = errorFacts(error);
  const row = rowOfCode(code);
  if (!row) throw error;
  return [{ row: row.id, severity: row.severity, facts: { ...facts, code } }];
}
