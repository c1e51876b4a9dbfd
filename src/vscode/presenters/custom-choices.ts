import { categories } from '../../selection/categories.ts';
import type { Category } from '../../selection/category.ts';
import type { PlanFacts } from '../../shared/plan-facts.ts';
import type { SelectionTerm } from '../../shared/selection.ts';
import { sizeText } from './figures.ts';
import { plainText } from './plain-text.ts';
import { categoryName } from './row-names.ts';
import { dotted } from './row.ts';
import type { Wording } from './wording.ts';

/** A line to be ticked. */
export interface CustomChoice {
  readonly name: string;
  readonly note: string;
  readonly term: SelectionTerm;
}

interface Sized {
  readonly choice: CustomChoice;
  readonly bytes: number | undefined;
}

/** What a custom backup can be made of, the largest first; those whose size is not known come last, by name. */
export function customChoices(facts: PlanFacts | undefined, isEncrypted: boolean, w: Wording): { readonly categories: CustomChoice[]; readonly apps: CustomChoice[] } {
  const sizes = new Map((facts?.categories ?? []).map(({ id, bytes }) => [id, bytes]));
  const ofCategories = categories.map((category): Sized => {
    const bytes = sizes.get(category.id);
    const note = dotted(bytes !== undefined && sizeText(bytes, w), encryptionNote(category, isEncrypted, w));
    return { bytes, choice: { name: categoryName(category.id, w), note, term: { kind: 'category', id: category.id } } };
  });
  const ofApps = (facts?.apps ?? []).map(({ bundleId, name, bytes }): Sized => {
    const note = dotted(bytes !== undefined && sizeText(bytes, w), name !== undefined && plainText(bundleId, 80));
    return { bytes, choice: { name: plainText(name ?? bundleId, 80), note, term: { kind: 'app', bundleId } } };
  });
  return { categories: largestFirst(ofCategories, w), apps: largestFirst(ofApps, w) };
}

function encryptionNote({ encryption }: Category, isEncrypted: boolean, { t }: Wording): string | undefined {
  if (encryption === 'any' || isEncrypted) return undefined;
  return encryption === 'encrypted-only' ? t('only in encrypted backups, and encryption is off') : t('mostly in encrypted backups, and encryption is off');
}

function largestFirst(items: readonly Sized[], { locale }: Wording): CustomChoice[] {
  const { compare } = new Intl.Collator(locale);
  return items.toSorted((a, b) => (b.bytes ?? -1) - (a.bytes ?? -1) || compare(a.choice.name, b.choice.name)).map(({ choice }) => choice);
}
