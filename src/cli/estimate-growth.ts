import type { Estimate, EstimateRow } from '../shared/estimate.ts';
import { formatBytes, terminalText } from './format.ts';

/** Rows that are named as having grown. */
const named = 6;
/** Share of the whole below which growth is not worth a word. */
const least = 0.0005;

/** `Chat +1.2 GB, Videos +300 MB`: apps, and categories as people know them; `undefined` where nothing grew that is known. */
export function growthText({ rows, total }: Pick<Estimate, 'rows' | 'total'>): string | undefined {
  const wholes = new Set(rows.flatMap(({ kind, parent }) => (kind === 'app' || kind === 'category' ? (parent ?? []) : [])));
  const grown = rows
    .filter((row) => (row.kind === 'app' || (row.kind === 'category' && !wholes.has(row.id))) && growthOf(row) > least * total.likely)
    .toSorted((a, b) => growthOf(b) - growthOf(a));
  const texts = grown.slice(0, named).map((row) => `${terminalText(row.name, 48)} +${formatBytes(growthOf(row))}`);
  return texts.length === 0 ? undefined : texts.join(', ');
}

const growthOf = ({ size, before }: EstimateRow): number => (before === undefined ? 0 : size.likely - before);
