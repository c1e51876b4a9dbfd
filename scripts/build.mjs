// Bundles the project into dist/. Options: --watch, --minify (no source maps, as in the package).
import { chmod, copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { context } from 'esbuild';
import { appium } from './build/appium.mjs';
import { nodeEntries, programEntries, webviewEntries } from './build/entries.mjs';
import { thirdPartyNotices } from './build/notices.mjs';
import { inProject } from './support/paths.mjs';
import { Failure, main, say, seconds } from './support/say.mjs';

const minify = process.argv.includes('--minify');
const watch = process.argv.includes('--watch');

const common = { bundle: true, minify, sourcemap: !minify, logLevel: 'warning', absWorkingDir: inProject(), outdir: 'dist', legalComments: 'none', metafile: true };

const node = { ...common, platform: 'node', target: 'node22.13', mainFields: ['module', 'main'], plugins: [appium] };

/** What VS Code or a `Worker` loads. */
const commonJs = async () => ({
  ...node,
  entryPoints: await nodeEntries(),
  format: 'cjs',
  external: ['vscode'],
  define: { 'import.meta.url': 'moduleUrl' },
  banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
});

/** The terminal program: a module, for its top-level await. */
const program = async () => ({
  ...node,
  entryPoints: await programEntries(),
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  banner: { js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);" },
});

const forWebviews = async () => ({
  ...common,
  entryPoints: await webviewEntries(),
  platform: 'browser',
  target: 'chrome132',
  format: 'iife',
  loader: { '.ttf': 'file' },
});

await main(async () => {
  const start = Date.now();
  await writeFixedFiles();
  const contexts = await Promise.all([commonJs(), program(), forWebviews()].map(async (options) => context(await options)));
  if (watch) return watchAll(contexts);
  const results = await Promise.allSettled(contexts.map((each) => each.rebuild()));
  await Promise.all(contexts.map((each) => each.dispose()));
  if (results.some(({ status }) => status === 'rejected')) throw new Failure('The build failed; its errors stand above.');
  const metafiles = results.map(({ value }) => value.metafile);
  await writeFile(inProject('dist', 'ThirdPartyNotices.txt'), await thirdPartyNotices(metafiles));
  await removeOthers(metafiles.flatMap(({ outputs }) => Object.keys(outputs)));
  say(`Built dist/ in ${seconds(Date.now() - start)}.`);
});

/** What an earlier build left; dist/ is never empty meanwhile, for who uses it at this moment. */
async function removeOthers(outputs) {
  const kept = new Set([...outputs, 'dist/package.json', 'dist/cli.js', 'dist/ThirdPartyNotices.txt'].map((path) => inProject(path)));
  const entries = await readdir(inProject('dist'), { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  await Promise.all(files.filter((path) => !kept.has(path)).map((path) => rm(path, { force: true })));
}

/** The sources are ES modules, the bundles are not: dist/ says so for itself. */
async function writeFixedFiles() {
  await mkdir(inProject('dist'), { recursive: true });
  await writeFile(inProject('dist', 'package.json'), '{ "type": "commonjs" }\n');
  await copyFile(inProject('scripts', 'build', 'cli-launcher.cjs'), inProject('dist', 'cli.js'));
  await chmod(inProject('dist', 'cli.js'), 0o755);
}

async function watchAll(contexts) {
  await Promise.all(contexts.map((each) => each.watch()));
  say('Watching: dist/ is built after each change. Ctrl-C ends it.');
}
