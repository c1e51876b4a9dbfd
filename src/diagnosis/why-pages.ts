import { checks } from './checks/check-list.ts';
import { diagnosedWords, stepsForAnyIos, type WordsContext } from './diagnosed-words.ts';
import { knowledge, knowledgeRow, type KnowledgeRow, type Remedy } from './knowledge/knowledge.ts';

export interface WhyPage {
  /** Stable, for links: `passcode`. */
  readonly id: string;
  readonly title: string;
  readonly markdown: string;
}

/** Words of the pages that stand in no row. */
export const pageWords = {
  seen: 'You see: {symptom}',
  found: 'Found by the check “{check}”.',
  asked: 'Nothing can see this from here. Ask yourself: {question}',
  from: 'iOS {version} and later',
  below: 'before iOS {version}',
  between: 'iOS {from} and later, before iOS {below}',
  codes: 'Error codes: {list}',
  sources: 'Sources: {list}',
  on: 'On {system}',
} as const;

/** Everything that is known, a page for each topic, to be read and searched without a network. */
export function whyPages(context: WordsContext): WhyPage[] {
  const topics = [...new Set(knowledge.map(({ topic }) => topic))];
  return topics.map((topic) => pageOf(topic, knowledge.filter((row) => row.topic === topic), context));
}

/** The page of a row's topic, opened at that row: it stands first, the others of the topic follow. */
export function whyPageAt(id: string, context: WordsContext): WhyPage | undefined {
  const row = knowledgeRow(id);
  if (!row) return undefined;
  return pageOf(row.topic, [row, ...knowledge.filter((other) => other.topic === row.topic && other !== row)], context);
}

/** Codes of errors that point to a row, as other programs print them: those of the backup agent by their number alone. */
export const errorCodes = ({ signs }: KnowledgeRow): string[] => [...new Set(signs.map(({ code }) => code.replace(/^mb\./, '')))];

function pageOf(topic: string, rows: readonly KnowledgeRow[], context: WordsContext): WhyPage {
  const title = context.translate(topic);
  const markdown = [`# ${title}`, ...rows.map((row) => section(row, context))].join('\n\n').concat('\n');
  return { id: topic.toLowerCase().replaceAll(' ', '-'), title, markdown };
}

function section(row: KnowledgeRow, context: WordsContext): string {
  const { translate } = context;
  const words = diagnosedWords({ row: row.id, severity: row.severity, facts: plainFacts(row) }, context);
  const heading = row.topic === 'Other errors' ? words.sentence : words.short;
  const seen = row.topic === 'Other errors' ? `\`${row.id}\`` : translate(pageWords.seen, { symptom: words.symptom });
  const why = [words.sentence === heading ? '' : words.sentence, words.cause, words.risk].filter((part) => part !== '').join(' ');
  const steps = numbered(allSteps(row, context));
  const codes = row.signs.length === 0 || row.topic === 'Other errors' ? '' : translate(pageWords.codes, { list: errorCodes(row).join(', ') });
  const sources = row.sources.length === 0 ? '' : translate(pageWords.sources, { list: row.sources.join(' · ') });
  return [`## ${heading}`, seen, why, steps, ...elsewhere(row, context), evidence(row, context), codes, sources].filter((part) => part !== '').join('\n\n');
}

const numbered = (steps: readonly string[]): string => steps.map((step, index) => `${index + 1}. ${step}`).join('\n');

const systems = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' } as const;

/** Folded: what to do on other computers, for each system where that differs from here. */
function elsewhere(row: KnowledgeRow, context: WordsContext): string[] {
  const here = context.platform ?? process.platform;
  const own = numbered(allSteps(row, context));
  return (Object.keys(systems) as (keyof typeof systems)[]).flatMap((platform) => {
    const steps = numbered(allSteps(row, { ...context, platform }));
    if (platform === here || steps === own || steps === '') return [];
    return [`<details><summary>${context.translate(pageWords.on, { system: systems[platform] })}</summary>`, steps, '</details>'];
  });
}

/** Steps for a computer and any iOS. */
function allSteps(row: KnowledgeRow, context: WordsContext): string[] {
  return stepsForAnyIos(row, context).map(({ step, destroys = '', ios }) => {
    const text = [context.translate(step), destroys === '' ? '' : `**${context.translate(destroys)}**`].filter((part) => part !== '').join(' ');
    const when = iosText(ios, context);
    return when === '' ? text : `*${when}:* ${text}`;
  });
}

function iosText(ios: Remedy['ios'], { translate }: WordsContext): string {
  if (ios?.from !== undefined && ios.below !== undefined) return translate(pageWords.between, { from: ios.from, below: ios.below });
  if (ios?.from !== undefined) return translate(pageWords.from, { version: ios.from });
  return ios?.below === undefined ? '' : translate(pageWords.below, { version: ios.below });
}

function evidence({ evidence: { checks: ids = [], ask } }: KnowledgeRow, { translate }: WordsContext): string {
  if (ask !== undefined) return translate(pageWords.asked, { question: translate(ask) });
  const [first] = ids;
  const check = checks.find(({ id }) => id === first);
  return check ? translate(pageWords.found, { check: translate(check.title) }) : '';
}

/** A page tells of no certain device: figures stand for themselves. */
function plainFacts({ sentence, plainly }: KnowledgeRow): Record<string, string> {
  if (plainly !== undefined) return {};
  return Object.fromEntries((sentence.match(/(?<=\{)\w+(?=\})/g) ?? []).map((name) => [name, '…']));
}
