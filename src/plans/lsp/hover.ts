import type { Hover, Position } from 'vscode-languageserver';
import { categoryById, type Category, type CategoryPlace } from '../../selection/index.ts';
import type { SelectionSize } from '../../shared/plan-facts.ts';
import type { SelectionTerm } from '../../shared/selection.ts';
import { sizeText } from '../../shared/size-text.ts';
import { keyText } from '../key-words.ts';
import { contains, type LocatedTerm } from '../located.ts';
import { matchDevices } from '../match-device.ts';
import type { TextRange } from '../problem.ts';
import { rangeIn } from './convert.ts';
import type { PlanView } from './plan-view.ts';

export function hoverAt(view: PlanView, position: Position): Hover | undefined {
  const offset = view.document.offsetAt(position);
  const { outline } = view.plan;
  const index = outline.terms.findIndex(({ range }) => contains(range, offset));
  const term = outline.terms[index];
  if (term?.term) return hover(view, term.range, termLines(view, term, term.term, index));
  const key = outline.keys.find((each) => contains(each.key, offset));
  if (key) return hover(view, key.key, [keyText(key.path, view.t), ...totalLines(view, key.path)]);
  const device = outline.device;
  if (device && contains(device.range, offset)) return hover(view, device.range, deviceLines(view, device.value));
  const alias = outline.aliases.find(({ range }) => contains(range, offset));
  return alias ? hover(view, alias.range, deviceLines(view, alias.target?.value ?? alias.name)) : undefined;
}

function hover({ document }: PlanView, range: TextRange, lines: readonly (string | undefined)[]): Hover | undefined {
  const value = lines.filter((line) => line !== undefined && line !== '').join('\n\n');
  return value === '' ? undefined : { contents: { kind: 'markdown', value }, range: rangeIn(document, range) };
}

function termLines(view: PlanView, { list }: LocatedTerm, term: SelectionTerm, index: number): (string | undefined)[] {
  const { figures, t } = view;
  const alone = figures?.terms[index]?.alone ?? knownSize(view, term);
  const left = figures?.terms[index]?.left;
  const isLess = list === 'include' && alone && left && left.files < alone.files;
  const rest = isLess ? t('{what} of it after what is excluded.', { what: sizeWords(view, left) }) : undefined;
  return [nature(view, term), sizeLine(view, alone), rest, encryptionLine(view, term)];
}

function nature({ facts, t }: PlanView, term: SelectionTerm): string {
  switch (term.kind) {
    case 'category': {
      const category = categoryById.get(term.id);
      return [`**${escaped(category?.name ?? term.id)}**`, ...(category ? [placesText(category)] : [])].join('\n\n');
    }
    case 'app': {
      const name = facts?.apps.find(({ bundleId }) => bundleId === term.bundleId)?.name;
      return `**${escaped(name ?? term.bundleId)}**\n\n${t('The app {id} with its containers, groups and extensions.', { id: code(term.bundleId) })}`;
    }
    case 'domain':
      return t('The domain {domain}.', { domain: code(term.domain) });
    case 'path':
      return t('Of the domain {domain}: {pattern}', { domain: code(term.domain), pattern: code(term.pattern) });
  }
}

/** Enough places to recognise it by. */
function placesText({ places }: Category): string {
  const text = ({ domain, paths = [], endings = [] }: CategoryPlace): string =>
    [code(domain), [...paths.slice(0, 6), ...endings.map((ending) => `*.${ending}`)].map(code).join(', ')].filter((part) => part !== '').join(': ');
  return places.slice(0, 8).map((place) => `- ${text(place)}`).join('\n');
}

/** What the facts tell without a measurement. */
function knownSize({ facts }: PlanView, term: SelectionTerm): SelectionSize | undefined {
  if (!facts || term.where) return undefined;
  if (term.kind === 'category') return facts.categories.find(({ id }) => id === term.id);
  return term.kind === 'domain' ? facts.domains.find(({ name }) => name === term.domain) : undefined;
}

function sizeLine(view: PlanView, size: SelectionSize | undefined): string | undefined {
  const { facts, t, locale } = view;
  if (!size || !facts?.from) return undefined;
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(facts.from.date);
  return t('{what} in the last backup ({date}).', { what: sizeWords(view, size), date });
}

const sizeWords = ({ t, locale }: PlanView, { bytes, files }: SelectionSize): string =>
  t('{size} in {files} files', { size: sizeText(bytes, locale), files: files.toLocaleString(locale) });

function encryptionLine({ t }: PlanView, term: SelectionTerm): string | undefined {
  const category = term.kind === 'category' ? categoryById.get(term.id) : undefined;
  if (category?.encryption === 'encrypted-only') return t('Only in encrypted backups.');
  return category?.encryption === 'mostly-encrypted' ? t('Mostly in encrypted backups only.') : undefined;
}

const totalLines = (view: PlanView, path: string): (string | undefined)[] => (path === 'include' ? [sizeLine(view, view.figures?.total)] : []);

function deviceLines({ facts, t }: PlanView, value: string): string[] {
  const [device] = matchDevices(value, facts?.devices ?? []);
  return device ? [`**${escaped(device.name ?? device.udid)}**`, code(device.udid)] : [t('This device is neither connected nor in the history.')];
}

/** Names come from devices and backups: as text, never as markup. */
const escaped = (text: string): string => text.replaceAll(/[\\`*_{}[\]()#+\-.!<>|~&$]/g, '\\$&').replaceAll(/\s+/g, ' ');

function code(text: string): string {
  const clean = text.replaceAll(/\s+/g, ' ');
  const fence = '`'.repeat(Math.max(0, ...Array.from(clean.matchAll(/`+/g), ([run]) => run.length)) + 1);
  const pad = /^`|`$/.test(clean) ? ' ' : '';
  return `${fence}${pad}${clean}${pad}${fence}`;
}
