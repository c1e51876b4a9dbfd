// Runs the benchmarks, all or those whose name contains one of the arguments. Each prints its own table. Other arguments
// choose rows and rounds of the engine's: `npm run bench -- small restore --rounds 2`.
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { inProject } from './support/paths.mjs';
import { runNode } from './support/run.mjs';
import { Failure, main, say } from './support/say.mjs';

await main(async () => {
  const wanted = process.argv.slice(2);
  const names = (existsSync(inProject('bench')) ? await readdir(inProject('bench')) : []).filter((name) => name.endsWith('.bench.ts')).sort();
  const isName = (word) => names.some((name) => name.includes(word));
  const options = wanted.filter((word) => !isName(word));
  const fits = (name) => (wanted.some(isName) ? wanted.some((part) => name.includes(part)) : options.length === 0 || name.startsWith('engine'));
  const chosen = names.filter(fits);
  if (chosen.length === 0) throw new Failure(`No benchmark fits; there are: ${names.join(', ') || 'none'}.`);
  const failed = [];
  for (const name of chosen) {
    say(`\n━━ ${name} ━━`);
    const { code } = await runNode([`bench/${name}`, ...options]);
    if (code !== 0) failed.push(name);
  }
  if (failed.length > 0) throw new Failure(`Failed: ${failed.join(', ')}.`);
});
