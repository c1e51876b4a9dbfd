import type { ErrorRow } from '../error-row.ts';
import { errorTable } from '../error-words.ts';
import { backupRows } from './backup.ts';
import { cloudRows } from './cloud.ts';
import { diskRows } from './disk.ts';
import { linkRows } from './link.ts';
import { muxerRows } from './muxer.ts';
import { ownRows } from './ours.ts';
import { passcodeRows } from './passcode.ts';
import { passwordRows } from './password.ts';
import { phoneRows } from './phone.ts';
import { restoreRows } from './restore.ts';
import type { KnowledgeRow, Remedy } from './row.ts';
import { sourceOfCode } from './sources.ts';
import { spaceRows } from './space.ts';
import { nextOf, nextOnOf } from './steps.ts';
import { trustRows } from './trust.ts';

export type { HostSystem, KnowledgeRow, Remedy, Seen, Severity, Sign } from './row.ts';

const topics: readonly KnowledgeRow[] = [
  ...muxerRows, ...trustRows, ...diskRows, ...spaceRows, ...phoneRows, ...passcodeRows, ...linkRows, ...passwordRows, ...backupRows, ...restoreRows, ...cloudRows, ...ownRows,
];

/** Every row: those that tell a cause, then one for each error that no cause is known of. */
export const knowledge: readonly KnowledgeRow[] = [...topics, ...rowsOfErrors()];

const byId: ReadonlyMap<string, KnowledgeRow> = new Map(knowledge.map((row) => [row.id, row]));

export const knowledgeRow = (id: string): KnowledgeRow | undefined => byId.get(id);

/** Where a row stands in the knowledge; the end for one that is not there. */
export function placeOf(id: string): number {
  const place = knowledge.findIndex((row) => row.id === id);
  return place < 0 ? knowledge.length : place;
}

function rowsOfErrors(): KnowledgeRow[] {
  const known = new Set(topics.flatMap(({ signs }) => signs.map(({ code }) => code)));
  return Object.entries(errorTable).flatMap(([code, row]) => (known.has(code) ? [] : rowOfError(code, row)));
}

/** An error that says all that is known. */
function rowOfError(code: string, { sentence, cause, next, nextOn }: ErrorRow): KnowledgeRow {
  const steps: Remedy[] = next === '' ? [] : nextOn ? nextOnOf(code) : [nextOf(code)];
  const severity = code.startsWith('cancelled.') ? 'info' : 'warning';
  return { id: code, topic: 'Other errors', severity, short: '', symptom: code, risk: '', sentence, cause, remedies: steps, signs: [{ code, weight: 0.5 }], evidence: {}, sources: [sourceOfCode(code)] };
}
