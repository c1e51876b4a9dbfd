import { existsSync, readFileSync } from 'node:fs';
import { say } from '../support/say.mjs';

export const minutes = (ms) => `${(ms / 60_000).toFixed(1)} min`;

/** What a sweep has found so far; it can be printed at any moment. */
export class SweepResult {
  #start = Date.now();
  #results = [];
  #options;

  /** `log`: where the tests note their positions; `names`: of all test files; `amounts`: what decides how much is swept. */
  constructor(options) {
    this.#options = options;
  }

  add(result) {
    this.#results.push(result);
  }

  /** Answers whether the sweep is over and everything passed. Blocks, so that it can be done while the process ends. */
  print() {
    const { names, amounts } = this.#options;
    const parts = this.#parts();
    const left = names.filter((name) => !this.#results.some((result) => result.name === name));
    for (const { name, ms, passed, failed } of this.#results) say(`${minutes(ms).padStart(10)}  ${name}: ${passed} passed, ${failed} failed`);
    for (const { name, failures } of this.#results) for (const failure of failures) say(`failed: ${name}: ${failure}`);
    for (const { what, positions, of } of parts) say(`${String(positions).padStart(10)}  ${what}${positions < of ? ` (of ${of})` : ''}`);
    if (left.length > 0) say(`not finished: ${left.join(', ')}`);
    const sum = (key) => this.#results.reduce((total, result) => total + result[key], 0);
    const positions = parts.reduce((total, part) => total + part.positions, 0);
    const how = Object.entries(amounts).map((pair) => pair.join('=')).join(' ');
    const word = left.length > 0 ? 'sweep, interrupted' : 'sweep';
    say(`${word}: ${sum('passed')} passed, ${sum('failed')} failed; ${positions} positions in ${minutes(Date.now() - this.#start)} (${how})`);
    return left.length === 0 && names.length > 0 && sum('failed') === 0;
  }

  /** The last note of each. */
  #parts() {
    const { log } = this.#options;
    const lines = existsSync(log) ? readFileSync(log, 'utf8').split('\n').filter(Boolean) : [];
    const last = new Map(lines.map((line) => JSON.parse(line)).map((part) => [part.what, part]));
    return [...last.values()].sort((a, b) => (a.what < b.what ? -1 : 1));
  }
}
