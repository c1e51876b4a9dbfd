// Makes the pictures of the main states into test-results/screenshots/, for looking at and for the README.
import { inProject, projectNode, root } from './support/paths.mjs';
import { projectEnv, run, runNode } from './support/run.mjs';
import { Failure, main, say } from './support/say.mjs';
import { setUp } from './setup.mjs';

const script = inProject('test', 'ui', 'screenshots', 'take.ts');

await main(async () => {
  await setUp();
  const { code } = await runNode(['scripts/build.mjs']);
  if (code !== 0) throw new Failure('No pictures: the build failed.');
  const taken = await run(projectNode, [script, ...process.argv.slice(2)], { cwd: root, env: projectEnv() });
  if (taken.code !== 0) throw new Failure('Not all pictures could be taken; the reason stands above.');
  say(`Pictures: ${inProject('test-results', 'screenshots')}.`);
});
