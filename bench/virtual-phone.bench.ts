import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { measure, median, spread, type Usage } from './support/measured.ts';
import type { NullBackup } from './support/null-client.ts';
import { BenchPhone } from './support/phone.ts';

/* How fast the virtual phone can send: to a client that only decrypts and throws away, and to idevicebackup2. */

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
const cases = [
  { name: 'one file of 1 GiB', content: `files=1,bytes=${2 ** 30}` },
  { name: '20,000 files of 16 KiB', content: `files=20000,bytes=${20_000 * 16_384},sizes=even` },
  { name: '5,000 files, mixed', content: 'files=5000,bytes=400000000' },
];

const unused: Usage = { cpu: 0, memory: 0 };
const nullClient = new URL('support/null-client-main.ts', import.meta.url).pathname;

for (const { name, content } of cases) {
  const phone = await BenchPhone.start(content);
  const folder = await mkdtemp('/dev/shm/bench-');
  const phases: number[] = [];
  const rates: number[] = [];
  const theirs: number[] = [];
  let [host, tool] = [unused, unused];
  let passed: NullBackup = { bytes: 0, files: 0, phase: 0 };
  try {
    for (let round = 0; round < rounds; round++) {
      const served = phone.served('Backup');
      const run = await measure(process.execPath, [nullClient, phone.address, phone.udid]);
      await served;
      passed = JSON.parse(run.output.trim().split('\n').at(-1) ?? '{}') as NullBackup;
      host = run;
      phases.push(passed.phase);
      rates.push(passed.bytes / 1e6 / (passed.phase / 1000));
      const received = await toolPhase(phone, join(folder, String(round)));
      theirs.push(received.ms);
      tool = received;
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const used = phone.peak.stop();
  await phone.close();
  console.log(name);
  console.log(`  to the null client   ${spread(rates, 'MB/s', 0)}, ${Math.round(passed.files / (median(phases) / 1000))} files/s`);
  console.log(`  to idevicebackup2    request to verdict ${spread(theirs, 'ms', 0)}`);
  console.log(`  null client ${usageText(host)}; idevicebackup2 ${usageText(tool)}; phone ${usageText(used)}, all rounds together`);
}

function usageText({ cpu, memory }: Usage): string {
  return `${cpu.toFixed(1)} s CPU, ${Math.round(memory / 1e6)} MB`;
}

/** Milliseconds from request to verdict by the phone's clock, and what the tool used. */
async function toolPhase(phone: BenchPhone, folder: string): Promise<Usage & { readonly ms: number }> {
  const env = { ...process.env, USBMUXD_SOCKET_ADDRESS: phone.address };
  const served = phone.served('Backup');
  await measure('mkdir', ['-p', folder]);
  const { cpu, memory } = await measure('idevicebackup2', ['-u', phone.udid, 'backup', '--full', folder], env);
  return { cpu, memory, ms: await served };
}
