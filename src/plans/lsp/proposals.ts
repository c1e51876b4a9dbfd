import { CompletionItemKind, InsertTextFormat, type CompletionItem } from 'vscode-languageserver';
import { categories, termText } from '../../selection/index.ts';
import { sizeText } from '../../shared/size-text.ts';
import { keyText } from '../key-words.ts';
import { anyDevice, keyInfo, keysBelow, type KeyInfo } from '../keys.ts';
import { planVersion } from '../plan.ts';
import { scalarText } from '../text-edits.ts';
import type { CursorPlace } from './cursor.ts';
import type { PlanView } from './plan-view.ts';

/** `insertText` is YAML for the place in question; `plain` what it says, where that is another text than the YAML or the label. */
export interface Proposal extends CompletionItem {
  readonly plain?: string;
}

/** What may stand at a place of a plan. */
export function proposals(view: PlanView, place: CursorPlace): Proposal[] {
  if (place.kind === 'item') {
    return [...categoryItems(view), ...appItems(view, quoteBefore(view, place)), ...domainItems(view), ...kindItems(view)];
  }
  if (place.kind === 'key') return place.path === 'devices' ? [] : keyItems(view, place.path);
  return valueItems(view, place.path);
}

const quoteBefore = ({ document }: PlanView, { start }: CursorPlace): string => document.getText().charAt(start - 1);

function keyItems({ plan, t }: PlanView, path: string): Proposal[] {
  const prefix = path === '' ? '' : `${path}.`;
  const taken = new Set(plan.outline.keys.map((key) => key.path));
  return keysBelow(path)
    .filter(({ name }) => !taken.has(prefix + name))
    .map((info, index) => ({
      label: info.name,
      kind: CompletionItemKind.Property,
      sortText: String(index).padStart(2, '0'),
      documentation: { kind: 'markdown', value: keyText(prefix + info.name, t) ?? '' },
      insertText: `${info.name}:${behindKey(info, path === '' ? '' : '  ')}`,
      insertTextFormat: InsertTextFormat.Snippet,
      ...(info.kind === 'terms' || info.kind === 'map' ? {} : { command: { title: '', command: 'editor.action.triggerSuggest' } }),
    }));
}

function behindKey({ kind, name }: KeyInfo, blanks: string): string {
  if (name === 'version') return ` ${planVersion}`;
  if (kind === 'terms') return `\n${blanks}  - $0`;
  return kind === 'map' || kind === 'aliases' ? `\n${blanks}  $0` : ' $0';
}

function valueItems(view: PlanView, path: string): Proposal[] {
  const plain = (label: string): Proposal => ({ label, kind: CompletionItemKind.Value });
  if (path === 'version') return [plain(String(planVersion))];
  if (path === 'device' || path.startsWith('devices.')) {
    const devices = deviceItems(view, path === 'device');
    return path === 'device' ? [{ ...plain(anyDevice), detail: view.t('the device that is connected') }, ...aliasItems(view), ...devices] : devices;
  }
  const info = keyInfo(path);
  if (info?.kind === 'flag') return [plain('true'), plain('false')];
  if (info?.kind === 'choice') return (info.choices ?? []).map(plain);
  return info?.kind === 'duration' ? ['12 hours', '1 day', '1 week'].map(plain) : [];
}

function deviceItems({ facts }: PlanView, byName: boolean): Proposal[] {
  return (facts?.devices ?? []).map(({ udid, name }) => ({
    label: name ?? udid,
    detail: udid,
    kind: CompletionItemKind.Reference,
    insertText: byName && name !== undefined ? scalarText(name) : udid,
    plain: byName && name !== undefined ? name : udid,
  }));
}

const aliasItems = ({ plan }: PlanView): Proposal[] =>
  plan.outline.aliases.map(({ name, target }) => ({ label: name, detail: target?.value ?? '', kind: CompletionItemKind.Variable }));

function categoryItems({ facts, t, locale }: PlanView): Proposal[] {
  return categories.map((category, index) => {
    const size = facts?.categories.find(({ id }) => id === category.id);
    const only = category.encryption === 'encrypted-only' ? t('only in encrypted backups') : undefined;
    return {
      label: category.id,
      detail: dotted(category.name, size && sizeText(size.bytes, locale), only),
      kind: CompletionItemKind.EnumMember,
      sortText: `1${String(index).padStart(3, '0')}`,
      filterText: `${category.id} ${category.name}`,
    };
  });
}

function appItems({ facts, locale }: PlanView, quote: string): Proposal[] {
  return (facts?.apps ?? []).map(({ bundleId, name, bytes }) => {
    const term = termText({ kind: 'app', bundleId });
    const comment = name === undefined || /["'[]/.test(quote) ? '' : `  # ${oneLine(name)}`;
    return {
      label: name ?? term,
      detail: dotted(name === undefined ? undefined : term, bytes === undefined ? undefined : sizeText(bytes, locale)),
      kind: CompletionItemKind.Module,
      sortText: `2${(name ?? term).toLowerCase()}`,
      filterText: `${name ?? ''} ${term}`,
      insertText: term + comment,
      plain: term,
    };
  });
}

function domainItems({ facts, locale }: PlanView): Proposal[] {
  return (facts?.domains ?? []).map(({ name, bytes }) => {
    const term = termText({ kind: 'domain', domain: name });
    return { label: term, detail: sizeText(bytes, locale), kind: CompletionItemKind.Folder, sortText: `3${name}`, insertText: scalarText(term), plain: term };
  });
}

/** How apps, domains, paths and conditions are written. */
function kindItems({ t }: PlanView): Proposal[] {
  const snippet = (label: string, insertText: string, detail: string): Proposal => ({
    label,
    insertText,
    detail,
    kind: CompletionItemKind.Snippet,
    insertTextFormat: InsertTextFormat.Snippet,
    sortText: `4${label}`,
  });
  return [
    snippet('domain:', 'domain:${1:HomeDomain}', t('a domain; a final * takes all that begin so')),
    snippet('path:', 'path:${1:CameraRollDomain}/${2:Media/DCIM/}', t('a file, a pattern, or a folder with a final /')),
    snippet('where size>=', '${1:photos} where size>=${2:10MB}', t('only files of a size')),
    snippet('where after', '${1:photos} where after ${2:2025-01-01}', t('only files changed since a day')),
  ];
}

const dotted = (...parts: readonly (string | undefined)[]): string => parts.filter((part) => part !== undefined).join(' · ');

/** Names come from devices and backups. */
// oxlint-disable-next-line no-control-regex
const oneLine = (name: string): string => name.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ').slice(0, 80);
