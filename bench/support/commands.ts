import { mkdir, readFile } from 'node:fs/promises';
import { measure, type Measured } from './measured.ts';
import type { BenchPhone } from './phone.ts';
import type { Probe } from './probe.ts';

/** One run of a backup or restore. Times in ms, memory in bytes. */
export interface Sample {
  readonly whole: number;
  /** From the request to the verdict, by the phone's clock. */
  readonly phase: number;
  readonly memory: number;
  /** Of our own command only. */
  readonly probe?: Probe;
}

const cli = new URL('../../dist/cli-main.mjs', import.meta.url).pathname;
const probe = new URL('probe.ts', import.meta.url).pathname;

/** A host's way to back up a phone into a folder and to restore from there. */
export interface Host {
  readonly name: string;
  backup(phone: BenchPhone, folder: string, options: { readonly isFirst: boolean }): Promise<Sample>;
  restore(phone: BenchPhone, folder: string): Promise<Sample>;
}

export const ours: Host = {
  name: 'ours',
  backup: (phone, folder) => sampleOurs(phone, 'Backup', ['backup', '--library', folder], folder),
  restore: (phone, folder) => sampleOurs(phone, 'Restore', ['restore', 'latest', '--library', folder, '--udid', phone.udid, '--yes', '--no-reboot'], folder),
};

export const tool: Host = {
  name: 'idevicebackup2',
  async backup(phone, folder, { isFirst }) {
    await mkdir(folder, { recursive: true });
    return await sample(phone, 'Backup', 'idevicebackup2', ['-u', phone.udid, 'backup', ...(isFirst ? ['--full'] : []), folder]);
  },
  restore: (phone, folder) => sample(phone, 'Restore', 'idevicebackup2', ['-u', phone.udid, 'restore', '--system', '--no-reboot', folder]),
};

export async function pair(phone: BenchPhone): Promise<void> {
  await command(phone, process.execPath, [cli, 'pair', '--udid', phone.udid]);
}

export async function verify(phone: BenchPhone, folder: string): Promise<Measured & { readonly probe: Probe }> {
  const report = `${folder}.probe`;
  const measured = await command(phone, process.execPath, ['--import', probe, cli, 'verify', '--library', folder], report);
  return { ...measured, probe: await readProbe(report) };
}

async function sampleOurs(phone: BenchPhone, request: string, args: readonly string[], folder: string): Promise<Sample> {
  const report = `${folder}.probe`;
  const measured = await sample(phone, request, process.execPath, ['--import', probe, cli, ...args], report);
  const own = await readProbe(report);
  return { ...measured, memory: own.memory, probe: own };
}

async function sample(phone: BenchPhone, request: string, file: string, args: readonly string[], report?: string): Promise<Sample> {
  const phase = phone.served(request);
  const measured = await command(phone, file, args, report);
  return { whole: measured.wall, phase: await phase, memory: measured.memory };
}

function command(phone: BenchPhone, file: string, args: readonly string[], report = ''): Promise<Measured> {
  return measure(file, args, { ...process.env, USBMUXD_SOCKET_ADDRESS: phone.address, BENCH_PROBE: report });
}

const readProbe = async (path: string): Promise<Probe> => JSON.parse(await readFile(path, 'utf8')) as Probe;
