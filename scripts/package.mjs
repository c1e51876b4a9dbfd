// Makes the VSIX: one for all platforms, without native parts, under 3 MB. Option: --out FILE.
import { readFile, stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { inProject } from './support/paths.mjs';
import { run, runNode } from './support/run.mjs';
import { Failure, main, say } from './support/say.mjs';

const maximumSize = 3_000_000;
const native = /\.(node|so|dylib|dll|exe)$/;
const bundles = ['extension', 'cli', 'job-worker', 'plan-server', 'plan-tools'].map((name) => `dist/${name}.js`);
const pages = ['estimate', 'report'].flatMap((name) => [`dist/webview/${name}.js`, `dist/webview/${name}.css`]);
const required = ['package.json', ...bundles, 'dist/cli-main.mjs', 'dist/package.json', ...pages, 'README.md', 'CHANGELOG.md', 'LICENSE'];

const { values } = parseArgs({ options: { out: { type: 'string' } } });

await main(async () => {
  const { name, version } = JSON.parse(await readFile(inProject('package.json'), 'utf8'));
  const vsix = values.out ?? inProject(`${name}-${version}.vsix`);
  await checkFiles();
  const { code, output } = await vsce(['package', '--no-dependencies', '--no-rewrite-relative-links', '--out', vsix]);
  if (code !== 0) throw new Failure(`vsce could not make the package:\n${output}`);
  const { size } = await stat(vsix);
  if (size > maximumSize) throw new Failure(`${vsix} has ${size} bytes; at most ${maximumSize} are allowed.`);
  say(`Packaged ${vsix}: ${(size / 1e6).toFixed(2)} MB.`);
});

/** Builds without source maps, and makes sure that what is packed is what is needed. */
async function checkFiles() {
  const { code } = await runNode(['scripts/build.mjs', '--minify']);
  if (code !== 0) throw new Failure('Nothing was packaged: the build failed.');
  const files = (await vsce(['ls', '--no-dependencies'])).output.split('\n');
  const missing = required.filter((file) => !files.includes(file));
  if (missing.length > 0) throw new Failure(`The package would lack ${missing.join(', ')}.`);
  const unwanted = files.filter((file) => native.test(file) || file.endsWith('.map'));
  if (unwanted.length > 0) throw new Failure(`The package would hold ${unwanted.join(', ')}.`);
}

function vsce(args) {
  return run('vsce', args, { quiet: true });
}
