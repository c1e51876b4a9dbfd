import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { median, peakOf, spread } from './support/measured.ts';
import { BenchPhone } from './support/phone.ts';

/*
 * How long a custom backup takes after the phone's last word: rows chosen, manifest written afresh, content linked, checksums
 * listed, the result verified, published, and the draft deleted. The memory is the peak of the whole command, receiving
 * included. BENCH_DISK names the folder to write to (default /dev/shm), BENCH_FILES the files of the phone,
 * BENCH_SELECTION one choice in place of the usual ones.
 */

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 1);
const disk = process.env['BENCH_DISK'] ?? '/dev/shm';
const files = Number(process.env['BENCH_FILES'] ?? 500_000);
const cli = process.env['BENCH_CLI'] ?? new URL('../dist/cli-main.mjs', import.meta.url).pathname;
const password = 'correct horse';
const chosen = process.env['BENCH_SELECTION'];
const selections = chosen === undefined ? ['--only=photos,messages', '--except=photos where before 2025-06-01'] : [chosen];

/** For half a million files: ms after the phone's last word, and MB. */
const budget = { plain: 20_000, encrypted: 30_000, memory: 250 } as const;

interface Sample {
  /** Milliseconds from the phone's last word to the end. */
  readonly pruning: number;
  /** Peak of the whole command in bytes, and of what went before the pruning. */
  readonly memory: number;
  readonly before: number;
  readonly cpu: number;
  readonly kept: number;
}

for (const isEncrypted of [false, true]) {
  for (const selection of selections) await run(selection, isEncrypted);
}

async function run(selection: string, isEncrypted: boolean): Promise<void> {
  const samples: Sample[] = [];
  for (let round = 0; round < rounds; round++) {
    const phone = await BenchPhone.start(`files=${files},bytes=${files * 500},sizes=even`);
    const folder = await mkdtemp(join(disk, 'bench-'));
    try {
      await command(phone, ['pair', '--udid', phone.udid]);
      if (isEncrypted) await command(phone, ['encryption', 'on', '--udid', phone.udid], `${password}\n`);
      samples.push(await command(phone, ['backup', '--library', folder, selection], isEncrypted ? `${password}\n` : ''));
    } finally {
      await phone.close();
      await rm(folder, { recursive: true, force: true });
    }
  }
  const kept = samples[0]?.kept ?? 0;
  console.log(`${files} files, ${isEncrypted ? 'encrypted' : 'plain'}, ${selection} keeps ${kept} (${disk})`);
  const largest = (values: readonly number[]): number => Math.round(Math.max(...values) / 1e6);
  console.log(`  pruning ${spread(samples.map(({ pruning }) => pruning / 1000), 's')}, ${spread(samples.map(({ cpu }) => cpu), 's')} of processor, memory ${largest(samples.map(({ memory }) => memory))} MB (${largest(samples.map(({ before }) => before))} MB before it)`);
  if (median(samples.map(({ pruning }) => pruning)) > budget[isEncrypted ? 'encrypted' : 'plain'] || largest(samples.map(({ memory }) => memory)) > budget.memory) {
    console.log('  over its budget');
    process.exitCode = 1;
  }
}

/** Runs a command with its events as JSON, and looks at the clock where pruning begins. */
async function command(phone: BenchPhone, args: readonly string[], input = ''): Promise<Sample> {
  const child = spawn(process.execPath, [cli, ...args, '--json'], { env: { ...process.env, USBMUXD_SOCKET_ADDRESS: phone.address }, stdio: ['pipe', 'pipe', 'inherit'] });
  const peak = peakOf(child);
  child.stdin.end(input);
  let began: { readonly at: number; readonly cpu: number; readonly memory: number } | undefined;
  let last: { readonly entry?: { readonly files: number } } = {};
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (began === undefined && line.includes('"phase":"pruning"')) began = { at: performance.now(), ...peak.read() };
    last = JSON.parse(line) as typeof last;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${String(code)}: ${JSON.stringify(last)}`);
  const { cpu, memory } = peak.stop();
  return { pruning: performance.now() - (began?.at ?? 0), cpu: cpu - (began?.cpu ?? 0), memory, before: began?.memory ?? 0, kept: last.entry?.files ?? 0 };
}
