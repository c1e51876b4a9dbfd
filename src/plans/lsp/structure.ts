import { SymbolKind, type DocumentLink, type DocumentSymbol, type Position, type Range, type TextEdit, type WorkspaceEdit } from 'vscode-languageserver';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseDocument } from 'yaml';
import { anyDevice } from '../keys.ts';
import { contains, type LocatedAlias } from '../located.ts';
import { replaceScalar } from '../text-edits.ts';
import { editIn, rangeIn } from './convert.ts';
import type { PlanView } from './plan-view.ts';

/** The library's folder. A network path is none: following it would greet whatever computer the file names. */
export function linksOf({ document, plan, t }: PlanView): DocumentLink[] {
  const { library } = plan.outline;
  if (!library || /^[\\/]{2}/.test(library.value)) return [];
  const path = /^~(?=[\\/]|$)/.test(library.value) ? join(homedir(), library.value.slice(1)) : library.value;
  return [{ range: rangeIn(document, library.range), target: pathToFileURL(path).href, tooltip: t('Open the folder') }];
}

export function symbolsOf({ document, plan }: PlanView): DocumentSymbol[] {
  const { keys, terms, aliases } = plan.outline;
  const symbol = (name: string, kind: SymbolKind, whole: Range, own: Range): DocumentSymbol => ({ name, kind, range: whole, selectionRange: own, children: [] });
  const below = (path: string): DocumentSymbol[] => [
    ...keys.filter((key) => key.path.startsWith(`${path}.`)).map((key) => symbol(key.path.slice(path.length + 1), SymbolKind.Property, rangeIn(document, key.whole), rangeIn(document, key.key))),
    ...terms.filter(({ list }) => list === path).map(({ text, range }) => symbol(text.trim().slice(0, 200) || '…', SymbolKind.String, rangeIn(document, range), rangeIn(document, range))),
    ...(path === 'devices' ? aliases.map(({ name, range }) => symbol(name || '…', SymbolKind.Variable, rangeIn(document, range), rangeIn(document, range))) : []),
  ];
  return keys
    .filter(({ path }) => !path.includes('.'))
    .map((key) => ({ ...symbol(key.path, SymbolKind.Key, rangeIn(document, key.whole), rangeIn(document, key.key)), children: below(key.path) }));
}

/** Two blanks for each level, one before comments; comments, order and quotes stay. Broken files stay as they are. */
export function formatted({ document, plan }: PlanView): TextEdit[] {
  const text = document.getText();
  if (document.languageId === 'json' || plan.outline.keys.length === 0 || plan.problems.some(({ code }) => code === 'syntax' || code === 'several-documents')) return [];
  const yaml = parseDocument(text, { uniqueKeys: false, logLevel: 'error' });
  if (yaml.errors.length > 0) return [];
  const neat = yaml.toString({ lineWidth: 0, indentSeq: true });
  return neat === text ? [] : [{ range: { start: { line: 0, character: 0 }, end: document.positionAt(text.length) }, newText: neat }];
}

/** The alias whose name or use is at the position, with the place there. */
export function aliasAt({ document, plan }: PlanView, position: Position): { readonly alias: LocatedAlias; readonly range: Range } | undefined {
  const offset = document.offsetAt(position);
  const { aliases, device } = plan.outline;
  const named = aliases.find(({ range }) => contains(range, offset));
  if (named) return { alias: named, range: rangeIn(document, named.range) };
  const used = device && contains(device.range, offset) ? aliases.find(({ name }) => name === device.value) : undefined;
  return used && device ? { alias: used, range: rangeIn(document, device.range) } : undefined;
}

/** `undefined`: not a name that an alias can have. */
export function renamed(view: PlanView, alias: LocatedAlias, name: string): WorkspaceEdit | undefined {
  const { document, plan } = view;
  const { aliases, device } = plan.outline;
  const isTaken = name === anyDevice || aliases.some((other) => other !== alias && other.name === name);
  // oxlint-disable-next-line no-control-regex
  if (isTaken || name.trim() === '' || name.length > 64 || /[\u0000-\u001f\u007f]/.test(name)) return undefined;
  const places = [alias.range, ...(device && device.value === alias.name ? [device.range] : [])];
  return { changes: { [document.uri]: places.map((range) => editIn(document, replaceScalar(document.getText(), range, name))) } };
}
