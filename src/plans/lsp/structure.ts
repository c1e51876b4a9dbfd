import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  SymbolKind,
  type DocumentLink,
  type DocumentSymbol,
  type Position,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { parseDocument } from 'yaml';
import { anyDevice } from '../keys.ts';
import { contains, type LocatedAlias } from '../located.ts';
import type { TextRange } from '../problem.ts';
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

export function symbolsOf(view: PlanView): DocumentSymbol[] {
  const tops = view.plan.outline.keys.filter(({ path }) => !path.includes('.'));
  return tops.map(({ path, key, whole }) => ({ ...symbol(view, path, SymbolKind.Key, key, whole), children: symbolsBelow(view, path) }));
}

function symbolsBelow(view: PlanView, parent: string): DocumentSymbol[] {
  const { keys, terms, aliases } = view.plan.outline;
  const inner = keys.filter(({ path }) => path.startsWith(`${parent}.`));
  const own = terms.filter(({ list }) => list === parent);
  return [
    ...inner.map(({ path, key, whole }) => symbol(view, path.slice(parent.length + 1), SymbolKind.Property, key, whole)),
    ...own.map(({ text, range }) => symbol(view, text, SymbolKind.String, range)),
    ...(parent === 'devices' ? aliases.map(({ name, range }) => symbol(view, name, SymbolKind.Variable, range)) : []),
  ];
}

/** The protocol allows no name without a letter. */
function symbol({ document }: PlanView, name: string, kind: SymbolKind, own: TextRange, whole = own): DocumentSymbol {
  const shown = name.trim().slice(0, 200) || '…';
  return { name: shown, kind, range: rangeIn(document, whole), selectionRange: rangeIn(document, own), children: [] };
}

/** Two blanks for each level, one before comments; comments, order and quotes stay. Broken files stay as they are. */
export function formatted({ document, plan }: PlanView): TextEdit[] {
  const text = document.getText();
  const isBroken = plan.outline.keys.length === 0 || plan.problems.some(({ code }) => code === 'syntax' || code === 'several-documents');
  if (document.languageId === 'json' || isBroken) return [];
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
