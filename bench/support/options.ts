import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** Rows to run; none stands for all of the ordinary ones. */
  readonly rows: readonly string[];
  readonly rounds: number;
  /** Folders to write to, one after the other. */
  readonly disks: readonly string[];
}

/** `[ROW...] [--rounds N] [--disk FOLDER]...`; by default seven rounds, once in memory and once on a disk. */
export function readBenchOptions(): BenchOptions {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { rounds: { type: 'string', default: '7' }, disk: { type: 'string', multiple: true, default: ['/dev/shm', '/var/tmp'] } },
  });
  return { rows: positionals, rounds: Number(values.rounds), disks: values.disk };
}
