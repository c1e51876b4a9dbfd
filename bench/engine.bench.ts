import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { measure, median, spread, type Measured } from './support/measured.ts';
import { BenchPhone } from './support/phone.ts';

/*
 * Our command beside idevicebackup2 on the same virtual phone, in alternating runs: the whole command, and the phase from
 * request to verdict by the phone's clock. BENCH_DISK names the folder to write to (default /dev/shm).
 */

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 7);
const disk = process.env['BENCH_DISK'] ?? '/dev/shm';
const cli = new URL('../dist/cli-main.mjs', import.meta.url).pathname;

interface Case {
  readonly name: string;
  readonly content: string;
  /** Backs up once before measuring, then lets a day pass before each round. */
  readonly incremental?: boolean;
}

const cases: readonly Case[] = [
  { name: 'one file of 1 GiB', content: `files=1,bytes=${2 ** 30}` },
  { name: '20,000 files of 16 KiB', content: `files=20000,bytes=${20_000 * 16_384},sizes=even` },
  { name: '5,000 files, mixed', content: 'files=5000,bytes=400000000' },
  { name: '23,000 files, nearly all unchanged', content: 'files=23000,bytes=230000000', incremental: true },
];

interface Sample {
  readonly whole: number;
  readonly phase: number;
  readonly memory: number;
}

for (const bench of cases) await run(bench);

async function run({ name, content, incremental = false }: Case): Promise<void> {
  const phone = await BenchPhone.start(content);
  const folder = await mkdtemp(join(disk, 'bench-'));
  const ours: Sample[] = [];
  const theirs: Sample[] = [];
  try {
    await command(phone, process.execPath, [cli, 'pair', '--udid', phone.udid]);
    if (incremental) {
      await ourRun(phone, folder, 0, []);
      await toolRun(phone, folder, 0, ['--full']);
    }
    for (let round = 1; round <= rounds; round++) {
      if (incremental) await phone.advance(1);
      ours.push(await ourRun(phone, folder, incremental ? 0 : round, []));
      theirs.push(await toolRun(phone, folder, incremental ? 0 : round, incremental ? [] : ['--full']));
    }
  } finally {
    await phone.close();
    await rm(folder, { recursive: true, force: true });
  }
  report(name, ours, theirs);
}

async function ourRun(phone: BenchPhone, folder: string, round: number, options: readonly string[]): Promise<Sample> {
  return await sample(phone, process.execPath, [cli, 'backup', '--library', join(folder, `ours-${round}`), ...options]);
}

async function toolRun(phone: BenchPhone, folder: string, round: number, options: readonly string[]): Promise<Sample> {
  const target = join(folder, `theirs-${round}`);
  await mkdir(target, { recursive: true });
  return await sample(phone, 'idevicebackup2', ['-u', phone.udid, 'backup', ...options, target]);
}

async function sample(phone: BenchPhone, file: string, args: readonly string[]): Promise<Sample> {
  const phase = phone.served('Backup');
  const measured = await command(phone, file, args);
  return { whole: measured.wall, phase: await phase, memory: measured.memory };
}

function command(phone: BenchPhone, file: string, args: readonly string[]): Promise<Measured> {
  return measure(file, args, { ...process.env, USBMUXD_SOCKET_ADDRESS: phone.address });
}

function report(name: string, ours: readonly Sample[], theirs: readonly Sample[]): void {
  console.log(`${name} (${disk})`);
  for (const key of ['whole', 'phase'] as const) {
    const [mine, other] = [ours.map((each) => each[key]), theirs.map((each) => each[key])];
    const ratio = (median(other) / median(mine)).toFixed(2);
    console.log(`  ${key.padEnd(6)} ours ${spread(mine, 'ms', 0)}, idevicebackup2 ${spread(other, 'ms', 0)}: ${ratio}×`);
  }
  console.log(`  memory ours ${Math.round(Math.max(...ours.map((each) => each.memory)) / 1e6)} MB, idevicebackup2 ${Math.round(Math.max(...theirs.map((each) => each.memory)) / 1e6)} MB`);
}
