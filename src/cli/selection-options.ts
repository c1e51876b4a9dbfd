import { categories, parseTerms } from '../selection/index.ts';
import { DataError } from '../shared/errors.ts';
import type { Selection, SelectionTerm } from '../shared/selection.ts';
import { UsageError } from './command.ts';

/** Options that choose what a custom backup holds. */
export const selectionOptions = {
  only: { type: 'string', multiple: true },
  except: { type: 'string', multiple: true },
} as const;

export const selectionHelp = `  --only TERMS     keep only these, for a custom backup; TERMS are joined by commas, and the option may be repeated
  --except TERMS   keep all but these
                   a category: ${wrapped(categories.map(({ id }) => id))}
                   an app with its groups and extensions: com.example.app
                   a domain: domain:HomeDomain, or all that begin so: domain:AppDomainGroup-*
                   files: path:CameraRollDomain/Media/DCIM/ (all below), path:HomeDomain/Library/**/*.db
                   each may end in conditions: "photos where size>=10MB and after 2025-01-01"`;

/** The selection of a command line; `undefined` where nothing is chosen. A term that is not understood is a `UsageError`. */
export function selectionOf({ only, except }: { readonly only?: readonly string[] | undefined; readonly except?: readonly string[] | undefined }): Selection | undefined {
  if (only === undefined && except === undefined) return undefined;
  const selection = { include: (only ?? []).flatMap(termsOf), exclude: (except ?? []).flatMap(termsOf) };
  if (only !== undefined && selection.include.length === 0) throw new UsageError('--only names nothing');
  if (except !== undefined && selection.exclude.length === 0) throw new UsageError('--except names nothing');
  return selection;
}

/** The terms of one option. What is not understood is a `UsageError`. */
export function termsOf(text: string): SelectionTerm[] {
  try {
    return parseTerms(text);
  } catch (error) {
    if (error instanceof DataError) throw new UsageError(error.message);
    throw error;
  }
}

function wrapped(ids: readonly string[]): string {
  const lines: string[] = [];
  let line = '';
  for (const id of ids) {
    if (line.length + id.length > 84) [line] = ['', lines.push(line)];
    line += `${id} `;
  }
  return [...lines, line].map((each) => each.trim()).join(`\n${' '.repeat(21)}`);
}
