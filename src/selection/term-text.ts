import type { SelectionTerm } from '../shared/selection.ts';
import { categoryById } from './categories.ts';
import { filterText, looksLikeConditions, parseFilter } from './filter-text.ts';
import { bundleIdPattern, isDomainText, isPatternText, selectionLimits } from './limits.ts';
import { badSelection } from './selection-error.ts';
import { closestCategory } from './suggest.ts';

/*
 * Terms as text, in plans, on the command line and in backup.json:
 *
 *   messages                                   a category, by its id
 *   com.example.app                            an app, by its bundle id (has a dot); app:ID where it has none
 *   domain:AppDomain-com.example.app           a domain; domain:AppDomainGroup-* for all that begin so
 *   path:CameraRollDomain/Media/DCIM/          a folder with all below it
 *   path:HomeDomain/Library/Notes/*.sqlite     files; * is anything but /, ** is anything
 *   photos where size>=10MB and after 2025-01-01
 *
 * Conditions: size>=SIZE, size<=SIZE, after DAY, before DAY, joined by `and`; all include their bound. What follows
 * `domain:` or `path:` may stand in double quotes, as a JSON string, where it holds commas, quotes or the word `where`.
 */

type Subject = SelectionTerm extends infer T ? (T extends SelectionTerm ? Omit<T, 'where'> : never) : never;

/** Reads one term. Throws `DataError('data.selection')` whose message says what is wrong and what may have been meant. */
export function parseTerm(text: string): SelectionTerm {
  if (text.length > selectionLimits.text) throw badSelection(`A term of ${text.length} characters is over the limit of ${selectionLimits.text}`, text);
  const trimmed = text.trim();
  if (trimmed === '') throw badSelection('A term is empty', text);
  const [subject, conditions] = splitConditions(trimmed);
  const term = parseSubject(subject) as SelectionTerm;
  return conditions === undefined ? term : { ...term, where: parseFilter(conditions) };
}

/** The text that `parseTerm` reads as this term. */
export function termText(term: SelectionTerm): string {
  const filter = term.where === undefined ? '' : filterText(term.where);
  return subjectText(term) + (filter === '' ? '' : ` where ${filter}`);
}

function subjectText(term: SelectionTerm): string {
  switch (term.kind) {
    case 'category':
      return term.id;
    case 'app':
      return term.bundleId.includes('.') ? term.bundleId : `app:${term.bundleId}`;
    case 'domain':
      return `domain:${quoted(term.domain)}`;
    case 'path':
      return `path:${quoted(`${term.domain}/${term.pattern}`)}`;
  }
}

const quoted = (text: string): string => (/[",]|^\s|\s$|\swhere\s/i.test(text) ? JSON.stringify(text) : text);

const quotedSubject = /^((?:domain|path):"(?:[^"\\]|\\.)*")(?:\s+where\s+(.*))?$/is;

function splitConditions(text: string): [subject: string, conditions: string | undefined] {
  const [, subject, conditions] = quotedSubject.exec(text) ?? [];
  if (subject !== undefined) return [subject, conditions];
  const at = text.search(/\swhere\s(?!.*\swhere\s)/is);
  if (at < 0) return [text, undefined];
  const after = text.slice(at + ' where '.length);
  // A path may hold the word itself.
  const isName = /^(?:domain|path):/i.test(text) && !looksLikeConditions(after);
  return isName ? [text, undefined] : [text.slice(0, at).trim(), after];
}

function parseSubject(text: string): Subject {
  const [, kind = '', rest = ''] = /^(category|app|domain|path):(.*)$/is.exec(text) ?? [];
  switch (kind.toLowerCase()) {
    case 'app':
      return parseApp(rest.trim());
    case 'domain':
      return parseDomainTerm(unquoted(rest));
    case 'path':
      return parsePath(unquoted(rest));
    case 'category':
      return parseCategory(rest.trim());
    default:
      return text.includes('.') ? parseApp(text) : parseCategory(text);
  }
}

function parseCategory(text: string): Subject {
  const id = text.toLowerCase();
  if (categoryById.has(id)) return { kind: 'category', id };
  const near = closestCategory(text);
  throw badSelection(`There is no category '${text.slice(0, 80)}'${near === undefined ? '' : `; did you mean '${near}'?`}`, text);
}

function parseApp(bundleId: string): Subject {
  if (!bundleIdPattern.test(bundleId)) throw badSelection(`Not a bundle id: '${bundleId.slice(0, 80)}'; it has letters, digits, dots and hyphens`, bundleId);
  return { kind: 'app', bundleId };
}

function parseDomainTerm(domain: string): Subject {
  if (!isDomainText(domain)) throw badSelection(`Not a domain: '${domain.slice(0, 80)}'; write for example domain:HomeDomain or domain:AppDomainGroup-*`, domain);
  return { kind: 'domain', domain };
}

function parsePath(text: string): Subject {
  const at = text.indexOf('/');
  const [domain, pattern] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
  if (!isDomainText(domain) || !isPatternText(pattern)) throw badSelection(`Not a path: '${text.slice(0, 80)}'; write for example path:CameraRollDomain/Media/DCIM/`, text);
  return { kind: 'path', domain, pattern };
}

function unquoted(text: string): string {
  if (!text.startsWith('"')) return text;
  try {
    return String(JSON.parse(text));
  } catch {
    throw badSelection('A quoted name does not end, or is no JSON string', text);
  }
}
