import { CST, Lexer } from 'yaml';
import { planLimits } from './plan.ts';
import { problem, type PlanFix, type PlanProblem, type TextRange } from './problem.ts';
import { scalarText } from './text-edits.ts';

/**
 * What must not reach the YAML composer, whose time and stack grow with it: a file that is too large, anchors, aliases,
 * tags, and collections too deep in one another. Linear in the text.
 */
export function guardText(text: string): PlanProblem | undefined {
  const start = { start: 0, end: Math.min(text.length, 1) };
  if (text.length > planLimits.length) return problem('too-large', 'error', start, { values: { limit: planLimits.length } });
  const walk = new TokenWalk(text);
  for (const token of new Lexer().lex(text)) {
    const found = walk.take(token);
    if (found) return found;
  }
  return undefined;
}

/** Longest text that a fix puts into quotes. */
const quotedLength = 1_024;

class TokenWalk {
  readonly #text: string;
  #at = 0;
  #tokens = 0;
  /** Open brackets. */
  #brackets = 0;
  /** List and key marks since the line began. */
  #marks = 0;
  #isScalar = false;
  /** Blanks before the first word of the line; `undefined` behind it. */
  #indent: number | undefined = 0;
  /** Indentations that are open. */
  readonly #levels: number[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  take(token: string): PlanProblem | undefined {
    const isContent = this.#isScalar;
    this.#isScalar = token === CST.SCALAR;
    // Marks of the lexer's own, which stand for no text.
    if (token === CST.SCALAR || token === CST.DOCUMENT || token === CST.FLOW_END) return undefined;
    const range = { start: this.#at, end: this.#at + token.length };
    this.#at = range.end;
    if (++this.#tokens > planLimits.tokens) return problem('too-large', 'error', range, { values: { limit: planLimits.length } });
    const type = isContent ? 'scalar' : CST.tokenType(token);
    return this.#indented(type, range) ?? (isContent ? undefined : this.#judge(type, range));
  }

  /** Levels by indentation, of which each costs the composer a call within a call. */
  #indented(type: ReturnType<typeof CST.tokenType>, range: TextRange): PlanProblem | undefined {
    if (type === 'newline') this.#indent = 0;
    if (this.#indent === undefined || type === 'newline' || type === 'comment') return undefined;
    if (type === 'space') {
      this.#indent = range.end - range.start;
      return undefined;
    }
    const indent = this.#indent;
    this.#indent = undefined;
    while ((this.#levels.at(-1) ?? -1) >= indent) this.#levels.pop();
    return this.#brackets > 0 ? undefined : this.#deep(this.#levels.push(indent), range);
  }

  #judge(type: ReturnType<typeof CST.tokenType>, range: TextRange): PlanProblem | undefined {
    switch (type) {
      case 'anchor':
      case 'alias':
        return problem('anchor', 'error', range, { values: { text: this.#shown(range) }, fixes: [this.#quoteFix(range)] });
      case 'tag':
        return problem('tag', 'error', range, { values: { text: this.#shown(range) }, fixes: [this.#quoteFix(range)] });
      case 'newline':
        this.#marks = 0;
        return undefined;
      case 'flow-seq-start':
      case 'flow-map-start':
        return this.#deep(++this.#brackets, range);
      case 'flow-seq-end':
      case 'flow-map-end':
        this.#brackets--;
        return undefined;
      case 'seq-item-ind':
      case 'explicit-key-ind':
        return this.#deep(++this.#marks, range);
      default:
        return undefined;
    }
  }

  #deep(depth: number, range: TextRange): PlanProblem | undefined {
    return depth > planLimits.depth ? problem('too-deep', 'error', range, { values: { limit: planLimits.depth } }) : undefined;
  }

  #shown = ({ start, end }: TextRange): string => this.#text.slice(start, Math.min(end, start + 40));

  /** Text that begins with a mark of YAML was meant as text: a pattern, most likely. */
  #quoteFix({ start }: TextRange): PlanFix {
    const rest = /^[^\n\r]*?(?=\s*(?:[\n\r]|\s#|$))/.exec(this.#text.slice(start, start + quotedLength))?.[0] ?? '';
    const edit = { start, end: start + rest.length, text: scalarText(rest, "'") };
    return { code: 'quote', values: { text: rest.slice(0, 40) }, edits: [edit] };
  }
}
