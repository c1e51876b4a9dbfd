import { readdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { inProject } from '../support/paths.mjs';

/** CommonJS bundles, `{ 'name in dist': source }`: the extension, workers and servers that exist. */
export async function nodeEntries() {
  const fixed = { extension: 'src/extension.ts', 'plan-server': 'src/plans/server.ts', 'plan-tools': 'src/vscode/plans/plan-tools.ts' };
  const workers = (await filesBelow('src')).filter((path) => /(^|-)worker\.ts$/.test(basename(path)));
  const found = [...Object.entries(fixed), ...workers.map((path) => [workerName(path), path])];
  return Object.fromEntries(found.filter(([, path]) => existsSync(inProject(path))));
}

/** The terminal program behind the launcher `dist/cli.js`. */
export const programEntries = async () => (existsSync(inProject('src', 'cli.ts')) ? { 'cli-main': 'src/cli.ts' } : {});

/** Bundles for webviews: `webview/history/index.ts` becomes `webview/history.js` (and `.css`). */
export async function webviewEntries() {
  const folders = existsSync(inProject('webview')) ? await readdir(inProject('webview')) : [];
  const sources = folders.map((folder) => [`webview/${folder}`, `webview/${folder}/index.ts`]);
  return Object.fromEntries(sources.filter(([, path]) => existsSync(inProject(path))));
}

/** `src/jobs/worker.ts` is `job-worker`, `src/library/hash-worker.ts` is `hash-worker`. */
function workerName(path) {
  const name = basename(path, '.ts');
  return name === 'worker' ? `${basename(dirname(path)).replace(/s$/, '')}-worker` : name;
}

async function filesBelow(folder) {
  const entries = await readdir(inProject(folder), { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(inProject().length + 1));
}
