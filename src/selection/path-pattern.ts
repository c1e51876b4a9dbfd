const slash = 0x2f;
/** Tokens that are no character code. */
const within = -1;
const anything = -2;

/**
 * Compiles a pattern: `*` is anything but `/`, `**` is anything, a final `/` takes all below. Takes time in proportion to
 * pattern and path whatever the pattern is: it may come from a file that somebody else wrote.
 */
export function compilePattern(pattern: string): (path: string) => boolean {
  const text = pattern.endsWith('/') ? `${pattern}**` : pattern;
  const wild = text.indexOf('*');
  if (wild < 0) return (path) => path === text;
  const prefix = text.slice(0, wild);
  const rest = text.slice(wild);
  // What is below a folder: the commonest pattern by far.
  if (/^\*{2,}$/.test(rest)) return (path) => path.startsWith(prefix);
  const matches = tokenMatcher(tokensOf(rest));
  return (path) => path.startsWith(prefix) && matches(path, prefix.length);
}

function tokensOf(text: string): number[] {
  const tokens: number[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '*') tokens.push(text.charCodeAt(at));
    else if (text[at + 1] === '*') tokens.push(anything);
    else tokens.push(within);
    while (tokens.at(-1) === anything && text[at + 1] === '*') at++;
  }
  return tokens;
}

/** Follows all places of the pattern at once that the path so far can have come to. */
function tokenMatcher(tokens: readonly number[]): (path: string, start: number) => boolean {
  let now = new Uint8Array(tokens.length + 1);
  let next = new Uint8Array(tokens.length + 1);
  return (path, start) => {
    now.fill(0);
    now[0] = 1;
    for (let at = start; at < path.length; at++) {
      next.fill(0);
      if (!step(tokens, now, next, path.charCodeAt(at))) return false;
      [now, next] = [next, now];
    }
    return isAtEnd(tokens, now);
  };
}

/** Answers whether any place is left. A wildcard may stand for nothing, so its place is also the one after it. */
function step(tokens: readonly number[], now: Uint8Array, next: Uint8Array, code: number): boolean {
  let isAlive = false;
  for (let place = 0; place < tokens.length; place++) {
    if (now[place] === 0) continue;
    const token = tokens[place] ?? 0;
    if (token < 0) now[place + 1] = 1;
    if (token === code) next[place + 1] = 1;
    else if (token === anything || (token === within && code !== slash)) next[place] = 1;
    else continue;
    isAlive = true;
  }
  return isAlive;
}

function isAtEnd(tokens: readonly number[], now: Uint8Array): boolean {
  for (let place = 0; place < tokens.length; place++) if (now[place] === 1 && (tokens[place] ?? 0) < 0) now[place + 1] = 1;
  return now[tokens.length] === 1;
}
