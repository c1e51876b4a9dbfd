import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readyText } from '../../../../src/diagnosis/device-status.ts';
import { knowledgeSentences } from '../../../../src/diagnosis/diagnosed-words.ts';
import { errorSentences } from '../../../../src/diagnosis/error-words.ts';
import { rowNames } from '../../../../src/vscode/presenters/row-names.ts';
import { findingSentences } from '../../../../src/diagnosis/finding-words.ts';
import { couldNot } from '../../../../src/diagnosis/report-text.ts';
import { pageWords } from '../../../../src/diagnosis/why-pages.ts';

export const root = join(import.meta.dirname, '..', '..', '..', '..');

/** Calls of the translate function with a literal sentence: `t('…')`, `w.t("…")`. */
const call = /\bt\(\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)")/g;
const anyCall = /(?<![\w.]|function )(?:w\.)?t\(/g;

/** Every sentence that the editor side can show: literals of the code and sentences of the tables. */
export function usedStrings(): Set<string> {
  const literals = sourceFiles().flatMap((path) => Array.from(readFileSync(path, 'utf8').matchAll(call), ([, single, double]) => unescape(single ?? double ?? '')));
  const tables = [...errorSentences(), ...findingSentences(), ...knowledgeSentences(), ...rowNames, ...Object.values(pageWords), ...Object.values(couldNot)];
  return new Set([...literals, ...tables, readyText]);
}

/** Calls whose sentence is not a literal, by file: their sentences come from the tables. */
export function indirectCalls(): string[] {
  return sourceFiles().filter((path) => {
    const text = readFileSync(path, 'utf8');
    return Array.from(text.matchAll(anyCall)).length > Array.from(text.matchAll(call)).length;
  });
}

export function sourceFiles(): string[] {
  return ['src/vscode', 'src/plans', 'src/diagnosis', 'webview'].flatMap((room) => {
    const folder = join(root, room);
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).map((name) => join(folder, name));
  });
}

function unescape(literal: string): string {
  return literal.replace(/\\(.)/g, '$1');
}

export function readJson(...path: string[]): Record<string, string> {
  return JSON.parse(readFileSync(join(root, ...path), 'utf8')) as Record<string, string>;
}
