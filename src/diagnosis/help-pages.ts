import { stepsFor, type WordsContext } from './diagnosed-words.ts';
import { knowledge, type KnowledgeRow } from './knowledge/knowledge.ts';

/** One cause of trouble as a page to read, also without a network. */
export interface HelpPage {
  /** Id of the row of the knowledge. */
  readonly row: string;
  readonly topic: string;
  /** What people see. */
  readonly symptom: string;
  readonly markdown: string;
}

const headings = { why: 'Why', risk: 'What it puts at risk', steps: 'What to do', sources: 'Where this is known from' } as const;

/** All that the knowledge holds, in its order; what nobody has asked for on this computer is not hidden. */
export function helpPages(context: WordsContext): HelpPage[] {
  return knowledge.map((row) => {
    const { translate: t } = context;
    return { row: row.id, topic: t(row.topic), symptom: t(row.symptom), markdown: pageOf(row, context) };
  });
}

/** All pages as one document, by topic. */
export function helpBook(pages: readonly HelpPage[], title: string): string {
  const topics = Map.groupBy(pages, ({ topic }) => topic);
  const chapters = [...topics].map(([topic, own]) => [`# ${topic}`, ...own.map(({ markdown }) => markdown)].join('\n\n'));
  return [`# ${title}`, ...chapters].join('\n\n').concat('\n');
}

function pageOf(row: KnowledgeRow, context: WordsContext): string {
  const { translate: t } = context;
  const section = (heading: string, text: string): string => (text === '' ? '' : `### ${t(heading)}\n\n${text}`);
  const say = (text: string): string => (text === '' ? '' : t(text));
  const steps = stepsFor(row, context).map(({ step, destroys = '' }, index) => `${index + 1}. ${t(step)}${destroys === '' ? '' : ` **${t(destroys)}**`}`);
  const parts = [
    `## ${t(row.symptom)}`,
    section(headings.why, say(row.cause)),
    section(headings.risk, say(row.risk)),
    section(headings.steps, steps.join('\n')),
    section(headings.sources, row.sources.map((source) => `- ${source}`).join('\n')),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** English sentences of the pages themselves, for the check that each has a translation. */
export const helpSentences = (): string[] => Object.values(headings);
