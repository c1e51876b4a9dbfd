import type { FromEstimatePage } from '../../shared/estimate-panel.ts';
import type { TickState } from '../../shared/ticks.ts';

/** Rows that a page may have said something about, and characters of their ids and of a document's URI. */
const limits = { rows: 10_000, id: 500, uri: 4_000 } as const;

const plain = ['refresh', 'stop', 'ask-phone', 'enter-password'] as const;

/** What a page of ours may ask for; `undefined` for anything else. */
export function parseEstimateMessage(message: unknown): FromEstimatePage | undefined {
  const { type, ticks, format } = asRecord(message);
  const simple = plain.find((each) => each === type);
  if (simple) return { type: simple };
  if (type === 'copy') return format === 'markdown' || format === 'csv' ? { type, format } : undefined;
  if (type !== 'back-up' && type !== 'save-plan') return undefined;
  const parsed = parseTicks(ticks);
  return parsed && { type, ticks: parsed };
}

/** The editor's own parser throws at a path that begins with two slashes where there is no authority. */
const isPlanUri = /^[a-z][a-z\d+.-]+:(?!\/{4})\S+$/i;

/** The URI of the plan in a page's saved state, as the editor hands it back after a reload; `undefined` in anything else. */
export function planOfSavedState(state: unknown): string | undefined {
  const { plan } = asRecord(state);
  return typeof plan === 'string' && plan.length <= limits.uri && isPlanUri.test(plan) ? plan : undefined;
}

function parseTicks(value: unknown): TickState | undefined {
  const { all, rows } = asRecord(value);
  if (typeof all !== 'boolean' || !Array.isArray(rows) || rows.length > limits.rows) return undefined;
  const said = rows.map((pair: unknown) => parsePair(pair));
  return said.every((pair) => pair !== undefined) ? { all, rows: said } : undefined;
}

function parsePair(pair: unknown): readonly [string, boolean] | undefined {
  if (!Array.isArray(pair) || pair.length !== 2) return undefined;
  const [id, isTicked] = pair as readonly unknown[];
  return typeof id === 'string' && id.length <= limits.id && typeof isTicked === 'boolean' ? [id, isTicked] : undefined;
}

const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
