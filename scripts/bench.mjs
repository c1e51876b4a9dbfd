// Runs the benchmarks, all or those whose name contains one of the arguments. Each prints its own table.
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { inProject } from './support/paths.mjs';
import { runNode } from './support/run.mjs';
import { Failure, main, say } from './support/say.mjs';

await main(async () => {
  const wanted = process.argv.slice(2);
  const names = (existsSync(inProject('bench')) ? await readdir(inProject('bench')) : []).filter((name) => name.endsWith('.bench.ts')).sort();
  const chosen = names.filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
  if (chosen.length === 0) throw new Failure(`No benchmark fits; there are: ${names.join(', ') || 'none'}.`);
  const failed = [];
  for (const name of chosen) {
    say(`\n━━ ${name} ━━`);
    const { code } = await runNode([`bench/${name}`]);
    if (code !== 0) failed.push(name);
  }
  if (failed.length > 0) throw new Failure(`Failed: ${failed.join(', ')}.`);
});
