import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createEngine } from '../src/jobs/engine.ts';
import type { JobEvent } from '../src/shared/job-events.ts';
import { spread } from './support/measured.ts';

/*
 * The estimate of a phone with 500 apps and 50,000 photos that has no backup yet: until the first picture, until the first
 * one with sizes, and until all is known.
 */
const apps = 500;
const photos = 50_000;
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3);

interface Sample {
  readonly first: number;
  readonly filled: number;
  readonly complete: number;
  readonly pictures: number;
}

const child = spawn(process.execPath, [new URL('support/estimate-phone.ts', import.meta.url).pathname, String(apps), String(photos)], { stdio: ['pipe', 'pipe', 'inherit'] });
const folder = await mkdtemp(join(tmpdir(), 'bench-'));
try {
  const { value } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  const phone = JSON.parse(String(value)) as { address: string; udid: string };
  const engine = createEngine({ library: folder, muxer: phone.address });
  const signal = new AbortController().signal;
  await engine.pair({ udid: phone.udid, patience: 5000 }, { signal, listener: () => undefined });
  const samples: Sample[] = [];
  for (let round = 0; round < rounds; round++) samples.push(await sample());
  const column = (of: (each: Sample) => number): string => spread(samples.map(of), 's', 2);
  console.log(`${apps} apps, ${photos} photos: first picture ${column(({ first }) => first)}, with sizes ${column(({ filled }) => filled)}, complete ${column(({ complete }) => complete)}; ${samples.at(-1)?.pictures} pictures`);
  if (samples.some(({ first, filled }) => first > 1 || filled > 1)) process.exitCode = 1;

  async function sample(): Promise<Sample> {
    const start = performance.now();
    const since = (): number => (performance.now() - start) / 1000;
    let [first, filled, pictures] = [Number.NaN, Number.NaN, 0];
    const listener = (event: JobEvent): void => {
      if (event.type !== 'estimate') return;
      pictures++;
      if (Number.isNaN(first)) first = since();
      if (Number.isNaN(filled) && event.estimate.total.likely > 0) filled = since();
    };
    const last = await engine.estimate({ udid: phone.udid, experiment: false }, { signal, listener });
    const files = last.rows.find(({ id }) => id === 'category:photos')?.files;
    if (files !== photos || last.rows.filter(({ kind }) => kind === 'app').length !== apps) throw new Error(`Not complete: ${files} photos`);
    return { first, filled, complete: since(), pictures };
  }
} finally {
  child.stdin.end();
  await rm(folder, { recursive: true, force: true });
}
