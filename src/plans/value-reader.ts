import { isMap, isScalar, isSeq, type Node, type Pair, type Scalar } from 'yaml';
import { closest } from '../selection/index.ts';
import { parseDuration } from './duration.ts';
import { looksSecret, type KeyInfo } from './keys.ts';
import type { Located, LocatedKey } from './located.ts';
import { planLimits } from './plan.ts';
import { problem, type PlanFix, type PlanProblem, type TextRange } from './problem.ts';
import { removeLines, replaceScalar, scalarText } from './text-edits.ts';

/** A key of a map and the node behind it. */
export interface Entry {
  readonly name: string;
  readonly info: KeyInfo;
  readonly key: TextRange;
  readonly value: Node | undefined;
  readonly whole: TextRange;
}

/** Reads typed values out of YAML nodes; what is not as it should be becomes a problem at its place. */
export class ValueReader {
  readonly text: string;
  readonly problems: PlanProblem[] = [];
  readonly keys: LocatedKey[] = [];

  constructor(text: string) {
    this.text = text;
  }

  report(...args: Parameters<typeof problem>): undefined {
    if (this.problems.length < planLimits.problems) this.problems.push(problem(...args));
  }

  /** The known keys of a map; each unknown, doubled or secret one is a problem. */
  entries(node: Node | undefined, path: string, known: readonly KeyInfo[]): Entry[] {
    if (!isMap(node)) return this.wrongType(node, path, 'map') ?? [];
    const seen = new Set<string>();
    return node.items.flatMap((pair) => {
      const name = this.keyName(pair as Pair<Node, Node | null>, seen);
      if (name === undefined) return [];
      const info = known.find((each) => each.name === name);
      const entry = this.#entry(pair as Pair<Node, Node | null>, name);
      if (!info) return this.#unknownKey(entry, known) ?? [];
      this.keys.push({ path: path === '' ? name : `${path}.${name}`, key: entry.key, whole: entry.whole });
      return [{ ...entry, info }];
    });
  }

  /** The name of a key that is text, new in `seen`, and no secret. */
  keyName(pair: Pair<Node, Node | null>, seen: Set<string>): string | undefined {
    const { key, whole } = this.#entry(pair, '');
    const name = isScalar(pair.key) ? String(pair.key.value) : undefined;
    if (name === undefined || name.length > planLimits.text) return this.report('type', 'error', key, { values: { key: '', wanted: 'key' } });
    const extras = { values: { key: name.slice(0, 40) }, fixes: this.#removal(whole) };
    if (looksSecret(name)) return this.report('password', 'error', key, extras);
    if (seen.has(name)) return this.report('duplicate-key', 'error', key, extras);
    seen.add(name);
    return name;
  }

  textValue({ name, value }: Pick<Entry, 'name' | 'value'>, limit: number = planLimits.text): Located<string> | undefined {
    const range = rangeOf(value);
    if (!isScalar(value) || value.value === null || !range) return this.wrongType(value, name, 'text');
    if (typeof value.value !== 'string') return this.#unquoted(value, name, range);
    const isShort = value.value.length <= limit;
    if (!isShort) return this.report('range', 'error', range, { values: { key: name, least: 0, most: limit, unit: 'characters' } });
    return value.value.trim() === '' ? this.wrongType(value, name, 'text') : { value: value.value, range };
  }

  number({ name, value, info }: Entry): Located<number> | undefined {
    const range = rangeOf(value);
    const figure = isScalar(value) ? value.value : undefined;
    if (typeof figure !== 'number' || !Number.isInteger(figure) || !range) return this.wrongType(value, name, 'number');
    const { least = 0, most = Number.MAX_SAFE_INTEGER } = info;
    if (figure >= least && figure <= most) return { value: figure, range };
    return this.report('range', 'error', range, { values: { key: name, least, most, unit: 'number' } });
  }

  flag({ name, value }: Entry): Located<boolean> | undefined {
    const range = rangeOf(value);
    if (isScalar(value) && typeof value.value === 'boolean' && range) return { value: value.value, range };
    const word = isScalar(value) ? String(value.value).toLowerCase() : '';
    const meant = /^(?:yes|on)$/.test(word) ? 'true' : /^(?:no|off)$/.test(word) ? 'false' : undefined;
    if (meant === undefined || !range) return this.wrongType(value, name, 'flag');
    return this.wrongType(value, name, 'flag', [{ code: 'replace', values: { text: meant }, edits: [{ ...range, text: meant }] }]);
  }

  duration({ name, value }: Entry): Located<number> | undefined {
    const range = rangeOf(value);
    const ms = isScalar(value) && typeof value.value === 'string' ? parseDuration(value.value) : undefined;
    return ms === undefined || !range ? this.wrongType(value, name, 'duration') : { value: ms, range };
  }

  choice<T extends string>({ name, value, info }: Entry, choices: readonly T[]): Located<T> | undefined {
    const range = rangeOf(value);
    const chosen = isScalar(value) ? choices.find((each) => each === value.value) : undefined;
    if (chosen !== undefined && range) return { value: chosen, range };
    const near = isScalar(value) && range ? closest(String(value.value), choices) : undefined;
    const fixes = near !== undefined && range ? [this.replaceFix(range, near)] : [];
    return this.wrongType(value, name, 'choice', fixes, (info.choices ?? []).join(', '));
  }

  items(value: Node | undefined, name: string): readonly (Node | undefined)[] | undefined {
    if (!isSeq(value)) return this.wrongType(value, name, 'list', this.#asList(value));
    return value.items as (Node | undefined)[];
  }

  wrongType(value: Node | undefined, key: string, wanted: string, fixes: readonly PlanFix[] = [], choices = ''): undefined {
    const range = rangeOf(value);
    const isShown = range !== undefined && range.end > range.start;
    return this.report('type', 'error', isShown ? range : this.#beforeNothing(range, wanted), { values: { key, wanted, choices }, fixes });
  }

  replaceFix(range: TextRange, value: string): PlanFix {
    return { code: 'replace', values: { text: value }, edits: [replaceScalar(this.text, range, value)] };
  }

  /** Where there is no value: the mark of an empty line of a list, else the key. */
  #beforeNothing(range: TextRange | undefined, wanted: string): TextRange {
    if (wanted === 'term' && range && range.start > 0) return { start: range.start - 1, end: range.start };
    return this.keys.at(-1)?.key ?? { start: 0, end: Math.min(1, this.text.length) };
  }

  #entry(pair: Pair<Node, Node | null>, name: string): Omit<Entry, 'info'> {
    const key = rangeOf(pair.key) ?? { start: 0, end: 0 };
    const value = pair.value ?? undefined;
    return { name, key, value, whole: { start: key.start, end: Math.max(key.end, rangeOf(value)?.end ?? 0) } };
  }

  #unknownKey({ name, key, whole }: Omit<Entry, 'info'>, known: readonly KeyInfo[]): undefined {
    const near = closest(name, known.map((info) => info.name));
    const fixes = [...(near === undefined ? [] : [this.replaceFix(key, near)]), ...this.#removal(whole)];
    return this.report('unknown-key', 'error', key, { values: { key: name.slice(0, 40), near: near ?? '' }, fixes });
  }

  #removal(range: TextRange): PlanFix[] {
    const edit = removeLines(this.text, range);
    return edit ? [{ code: 'remove-key', values: {}, edits: [edit] }] : [];
  }

  #unquoted(value: Scalar, name: string, range: TextRange): undefined {
    const source = this.text.slice(range.start, range.end);
    const edit = { ...range, text: scalarText(source, '"') };
    return this.wrongType(value, name, 'text', [{ code: 'quote', values: { text: source.slice(0, 40) }, edits: [edit] }]);
  }

  #asList(value: Node | undefined): PlanFix[] {
    const range = rangeOf(value);
    if (!isScalar(value) || typeof value.value !== 'string' || !range) return [];
    const list = `[${this.text.slice(range.start, range.end)}]`;
    return [{ code: 'replace', values: { text: list.slice(0, 40) }, edits: [{ ...range, text: list }] }];
  }
}

/** Of the value alone, without the blanks and comments behind it. */
export function rangeOf(node: unknown): TextRange | undefined {
  const range = (node as { range?: readonly [number, number, number] | null } | null | undefined)?.range;
  return range ? { start: range[0], end: range[1] } : undefined;
}
