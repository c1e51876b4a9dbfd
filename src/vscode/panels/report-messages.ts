import type { FromReportPage } from '../../shared/report-panel.ts';

/** Checks that a page may ask for at once, and characters of an id. */
const limits = { checks: 100, id: 100 } as const;

const plain = ['refresh', 'stop', 'back-up', 'copy', 'save-bundle', 'explain'] as const;

/** What a page of ours may ask for; `undefined` for anything else. */
export function parseReportMessage(message: unknown): FromReportPage | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { type, checks, row } = message as Readonly<Record<string, unknown>>;
  const simple = plain.find((each) => each === type);
  if (simple) return { type: simple };
  if (type === 'act' || type === 'help') return isId(row) ? { type, row } : undefined;
  if (type !== 'again' || !Array.isArray(checks) || checks.length > limits.checks) return undefined;
  return checks.every(isId) ? { type, checks } : undefined;
}

const isId = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= limits.id;
