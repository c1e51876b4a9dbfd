// Puts the virtual phone into every state of the knowledge and writes docs/diagnosis-table.md: what was named first.
import { runMocha } from './test/mocha-group.mjs';
import { Failure, main } from './support/say.mjs';

await main(async () => {
  const minutes = 60_000;
  const files = ['test/faults/diagnosis-single.test.ts'];
  const { failures } = await runMocha({ name: 'diagnosis-table', files, testTimeout: minutes, limit: 30 * minutes, env: { DIAGNOSIS_TABLE: 'write' } });
  if (failures.length > 0) throw new Failure(failures.join('\n'));
});
