import { chinese } from './chinese.ts';
import { english } from './english.ts';
import { german } from './german.ts';

/** A conversation in turns; `>` begins what the owner writes. */
export type Conversation = readonly string[];

/** Everything on the phone that a person wrote or reads, in one language. */
export interface Phrases {
  readonly locale: string;
  readonly country: string;
  readonly dialPrefix: string;
  /** Of documentation domains (RFC 2606). */
  readonly mailHost: string;
  readonly timeZone: string;
  readonly firstNames: readonly string[];
  readonly lastNames: readonly string[];
  readonly conversations: readonly Conversation[];
  readonly groupTitles: readonly string[];
  readonly groupConversations: readonly Conversation[];
  readonly notes: readonly (readonly [title: string, body: string])[];
  readonly events: readonly string[];
  readonly places: readonly string[];
  readonly reminders: readonly string[];
  readonly reminderLists: readonly string[];
  readonly albums: readonly string[];
  readonly bookmarks: readonly (readonly [title: string, url: string])[];
  readonly networks: readonly string[];
  readonly documents: readonly string[];
  readonly labels: Labels;
}

export interface Labels {
  readonly notes: string;
  readonly calendar: string;
  readonly home: string;
  readonly work: string;
}

export function phrasesFor(language: string): Phrases {
  if (language.startsWith('zh')) return chinese;
  return language.startsWith('de') ? german : english;
}
