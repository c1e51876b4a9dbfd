import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadedDesktop, hasDisplay, hasEditorServer } from '../setup/editor.mjs';
import { inProject } from '../support/paths.mjs';
import { findProgram } from '../support/run.mjs';
import { lacksBun, runBunTests } from './bun-group.mjs';
import { runBuild, runChecks } from './checks.mjs';
import { runEditorTests } from './editor-group.mjs';
import { runMocha } from './mocha-group.mjs';

const minute = 60_000;

const isLinux = process.platform === 'linux';
const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const lacksProgram = (name) => (findProgram(name) ? undefined : `the program ${name} is missing`);
const lacksBrowser = () => (process.env.CHROMIUM || browsers.some((name) => findProgram(name)) ? undefined : 'no Chromium was found');
const lacksServer = () => (hasEditorServer() ? undefined : 'the VS Code server is missing');
const lacksBuild = () => (existsSync(inProject('dist', 'extension.js')) ? undefined : 'dist/extension.js was not built');
const lacksForeignPrograms = () => ['idevicebackup2', 'ideviceinfo', 'ideviceinstaller', 'iproxy', 'sqlite3'].map(lacksProgram).find(Boolean);

async function lacksEditor() {
  if (hasDisplay() && (await downloadedDesktop())) return undefined;
  return lacksServer() ?? lacksBrowser();
}

const inNode = (name, options) => async (files) => runMocha({ name, files, ...options });

/** Comes before every choice of groups: some of them run what is in dist/. */
export const buildGroup = { name: 'build', run: runBuild };

/**
 * What `npm test` runs, in order. `folder` holds the test files of a group; `lacks` answers why it cannot run here, if
 * so; `run` answers `{ passed, failed, skipped, failures }`. Groups of one `budget` share its minutes.
 */
export const groups = [
  { name: 'check', run: runChecks },
  { name: 'unit', folder: 'test/unit', budget: 'unit and fuzz', run: inNode('unit', { testTimeout: 60_000, limit: 12 * minute, style: 'dot' }) },
  { name: 'bun', budget: 'unit and fuzz', lacks: lacksBun, run: runBunTests },
  { name: 'interop', folder: 'test/interop', budget: 'interop', lacks: lacksForeignPrograms, run: inNode('interop', { testTimeout: 120_000, limit: 15 * minute }) },
  { name: 'faults', folder: 'test/faults', budget: 'faults', run: inNode('faults', { testTimeout: 180_000, limit: 24 * minute }) },
  { name: 'editor', folder: 'test/vscode/suite', budget: 'editor and UI', lacks: async () => lacksBuild() ?? (await lacksEditor()), run: runEditorTests },
  {
    name: 'ui',
    folder: 'test/ui',
    budget: 'editor and UI',
    lacks: () => (isLinux || process.platform === 'darwin' ? undefined : 'it needs Linux or macOS') ?? lacksBuild() ?? lacksServer() ?? lacksBrowser(),
    run: inNode('ui', { testTimeout: 180_000, limit: 18 * minute }),
  },
];

/** Minutes. */
export const budgets = { 'set-up': 6, 'unit and fuzz': 4, interop: 5, faults: 8, 'editor and UI': 6 };

/** Test files of a group, sorted, relative to the project. */
export async function testFiles({ folder }) {
  if (!existsSync(inProject(folder))) return [];
  const entries = await readdir(inProject(folder), { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'));
  return files.map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(inProject().length + 1)).sort();
}
