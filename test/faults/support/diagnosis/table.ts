import { join } from 'node:path';
import { diagnosedWords } from '../../../../src/diagnosis/diagnosed-words.ts';
import { knowledge } from '../../../../src/diagnosis/knowledge/knowledge.ts';
import { english } from '../../../../src/diagnosis/words.ts';
import type { State } from './state.ts';
import { unreached } from './unreached.ts';

export const tableFile = join(import.meta.dirname, '..', '..', '..', '..', 'docs', 'diagnosis-table.md');

/** What is simulated, how, and what the diagnosis named first; then what is not simulated, and why. */
export function tableOf(named: ReadonlyMap<State, string | undefined>): string {
  const rows = [...named].map(([{ row, how }, first]) => [row, words(row), how, first === row ? first : `**${first ?? 'nothing'}**`]);
  const others = Object.entries(unreached).map(([row, why]) => [row, words(row), why]);
  return [
    '# What the diagnosis is tried on',
    'Written by `node scripts/diagnosis-table.mjs`: virtual phone, library, disk and muxer are put into each state, and the diagnosis looks.',
    table(['Row', 'What it says', 'Simulated how', 'Named first'], rows),
    '## Not simulated',
    table(['Row', 'What it says', 'Why not'], others),
  ].join('\n\n').concat('\n');
}

function words(id: string): string {
  const row = knowledge.find((each) => each.id === id);
  return row ? diagnosedWords({ row: id, severity: row.severity, facts: {} }, { translate: english }).short : '';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
