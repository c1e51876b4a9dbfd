import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ours, pair, tool, verify, type Host, type Sample } from './support/commands.ts';
import { median, spread } from './support/measured.ts';
import { readBenchOptions } from './support/options.ts';
import { BenchPhone } from './support/phone.ts';

/*
 * Our command beside idevicebackup2 on the same virtual phone, in alternating runs: the whole command, and the phase from
 * request to verdict by the phone's clock. `npm run bench -- small restore --rounds 2 --disk /dev/shm` runs some of it.
 */

interface Row {
  readonly title: string;
  readonly content: string;
  /** `again`: one backup before measuring, then a day passes before each round. `memory`: ours alone, once, with a verification. */
  readonly kind: 'full' | 'again' | 'restore' | 'memory';
}

const rows: Readonly<Record<string, Row>> = {
  large: { title: 'one file of 1 GiB', content: `files=1,bytes=${2 ** 30}`, kind: 'full' },
  small: { title: '20,000 files of 16 KiB', content: `files=20000,bytes=${20_000 * 16_384},sizes=even`, kind: 'full' },
  mixed: { title: '5,000 files, mixed', content: 'files=5000,bytes=400000000', kind: 'full' },
  unchanged: { title: '23,000 files unchanged, 200 changed', content: 'files=23000,bytes=230000000', kind: 'again' },
  'unchanged-200k': { title: '200,000 files unchanged, 200 changed', content: 'files=200000,bytes=200000000', kind: 'again' },
  restore: { title: 'restore of 20,000 files of 16 KiB', content: `files=20000,bytes=${20_000 * 16_384},sizes=even`, kind: 'restore' },
  'memory-500k': { title: 'memory with 500,000 files', content: 'files=500000,bytes=250000000', kind: 'memory' },
  'memory-1310k': { title: 'memory with 1,310,000 files', content: 'files=1310000,bytes=655000000', kind: 'memory' },
};

const { rows: wanted, rounds, disks } = readBenchOptions();
const unknown = wanted.find((name) => !(name in rows));
if (unknown !== undefined) throw new Error(`No row ${unknown}; there are: ${Object.keys(rows).join(', ')}`);

for (const disk of disks) {
  for (const [name, row] of Object.entries(rows)) {
    if (wanted.length === 0 ? row.kind !== 'memory' : wanted.includes(name)) await run(row, disk);
  }
}

async function run(row: Row, disk: string): Promise<void> {
  const folder = await mkdtemp(join(disk, 'bench-'));
  try {
    console.log(`${row.title} (${disk})`);
    if (row.kind === 'memory') await runMemory(row, folder);
    else report(row.kind === 'restore' ? await runRestore(row, folder) : await runBackups(row, folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Results = readonly { readonly ours: Sample; readonly tool: Sample }[];

async function runBackups({ content, kind }: Row, folder: string): Promise<Results> {
  return await withPhone(content, async (phone) => {
    const isAgain = kind === 'again';
    // A fresh folder for each full run: deleting the last one's just before makes ext4 slow.
    const backUp = (host: Host, round: number): Promise<Sample> => host.backup(phone, join(folder, `${host.name}-${isAgain ? 0 : round}`), { isFirst: !isAgain || round === 0 });
    if (isAgain) for (const host of [ours, tool]) await backUp(host, 0);
    const results = [];
    for (let round = 1; round <= rounds; round++) {
      if (isAgain) await phone.advance(1);
      results.push({ ours: await backUp(ours, round), tool: await backUp(tool, round) });
    }
    return results;
  });
}

async function runRestore({ content }: Row, folder: string): Promise<Results> {
  const path = (host: Host): string => join(folder, host.name);
  await withPhone(content, async (phone) => {
    for (const host of [ours, tool]) await host.backup(phone, path(host), { isFirst: true });
  });
  // A phone that was restored wants a restart: each run has a fresh one.
  const restore = (host: Host): Promise<Sample> => withPhone('tiny', (phone) => host.restore(phone, path(host)));
  const results = [];
  for (let round = 1; round <= rounds; round++) results.push({ ours: await restore(ours), tool: await restore(tool) });
  return results;
}

async function runMemory({ content }: Row, folder: string): Promise<void> {
  await withPhone(content, async (phone) => {
    const library = join(folder, 'library');
    const say = (name: string, memory: number, p99: number): void => console.log(`  ${name.padEnd(12)} ${Math.round(memory / 1e6)} MB, event loop p99 ${p99.toFixed(1)} ms`);
    for (const name of ['full', 'incremental']) {
      if (name === 'incremental') await phone.advance(1);
      const { memory, probe } = await ours.backup(phone, library, { isFirst: name === 'full' });
      say(name, memory, probe?.delay.p99 ?? Number.NaN);
    }
    const { probe } = await verify(phone, library);
    say('verification', probe.memory, probe.delay.p99);
  });
}

async function withPhone<T>(content: string, work: (phone: BenchPhone) => Promise<T>): Promise<T> {
  const phone = await BenchPhone.start(content);
  try {
    await pair(phone);
    return await work(phone);
  } finally {
    await phone.close();
  }
}

function report(results: Results): void {
  for (const key of ['whole', 'phase'] as const) {
    const [mine, other] = [results.map((each) => each.ours[key]), results.map((each) => each.tool[key])];
    const ratio = median(other) / median(mine);
    console.log(`  ${key.padEnd(6)} ours ${spread(mine, 'ms', 0)}, idevicebackup2 ${spread(other, 'ms', 0)}: ${ratio.toFixed(2)}×`);
  }
  const probes = results.flatMap((each) => each.ours.probe ?? []);
  const most = (values: readonly number[]): number => Math.max(...values);
  const memory = (samples: readonly Sample[]): number => Math.round(most(samples.map((each) => each.memory)) / 1e6);
  console.log(`  of ours: durability ${spread(probes.map((each) => each.syncing), 'ms', 0)}; event loop p99 ${most(probes.map((each) => each.delay.p99)).toFixed(1)} ms`);
  console.log(`  memory ours ${memory(results.map((each) => each.ours))} MB, idevicebackup2 ${memory(results.map((each) => each.tool))} MB`);
}
