import { appendFileSync } from 'node:fs';

/** `npm run sweep` tries every position, `npm test` a sample that meets every class. */
export const isSweep = process.env['SWEEP'] === 'full';

/** A figure of the environment, else the one for the sweep or for the sample. */
export function figure(name: string, sample: number, sweep: number): number {
  const given = Number(process.env[name]);
  return Number.isInteger(given) && given > 0 ? given : isSweep ? sweep : sample;
}

/** Mocha's limit for one test: hours for a sweep. */
export const testLimit = (sample: number): number => (isSweep ? 24 * 3_600_000 : sample);

const wordEvery = 30_000;

/** Goes through positions; a sweep says now and then how far it is, and notes it, so that one that is interrupted has a result too. */
export function* swept<T>(what: string, positions: readonly T[]): Generator<T> {
  let last = performance.now();
  let done = 0;
  try {
    for (const position of positions) {
      yield position;
      done++;
      if (!isSweep || performance.now() - last < wordEvery) continue;
      last = performance.now();
      process.stdout.write(`      ${what}: ${done} of ${positions.length}\n`);
      note(what, done, positions.length);
    }
  } finally {
    note(what, done, positions.length);
  }
}

/** A line of JSON for each note; the last one of `what` counts. */
function note(what: string, done: number, of: number): void {
  const log = process.env['SWEEP_LOG'];
  if (log !== undefined) appendFileSync(log, `${JSON.stringify({ what, positions: done, of })}\n`);
}

/** Every `stride`-th of `positions`, beginning with the `phase`-th: other phases meet others. */
export const strided = <T>(positions: readonly T[], stride: number, phase: number): T[] => positions.filter((_, index) => index % stride === phase % stride);

/** 1 to `count`. */
export const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
