// Runs test/vscode/suite in VS Code's extension host: in the desktop VS Code if there is one, else in a VS Code server.
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { downloadedDesktop, hasDisplay } from '../setup/editor.mjs';
import { inProject } from '../support/paths.mjs';
import { say } from '../support/say.mjs';
import { testFiles } from './groups.mjs';

const bundles = inProject('test-results', 'editor');

async function bundleSuite() {
  await rm(bundles, { recursive: true, force: true });
  await mkdir(bundles, { recursive: true });
  await writeFile(join(bundles, 'package.json'), '{ "type": "commonjs" }\n');
  for (const name of ['editor-suite.cjs', 'reporter.cjs']) await copyFile(inProject('scripts', 'test', name), join(bundles, name));
  const entryPoints = await testFiles({ folder: 'test/vscode/suite' });
  const common = { bundle: true, platform: 'node', format: 'cjs', target: 'node22.13', sourcemap: 'inline', logLevel: 'warning' };
  await build({ ...common, entryPoints, outdir: bundles, absWorkingDir: inProject(), external: ['vscode', 'mocha'] });
}

async function main(report) {
  await bundleSuite();
  const desktop = hasDisplay() ? await downloadedDesktop() : undefined;
  say(`Extension host: ${desktop ?? 'VS Code server'}.`);
  const workspace = await mkdtemp(join(tmpdir(), 'workspace-'));
  try {
    return await runTests({
      vscodeExecutablePath: desktop ?? inProject('test', 'vscode', 'host', 'launcher.ts'),
      extensionDevelopmentPath: inProject(),
      extensionTestsPath: join(bundles, 'editor-suite.cjs'),
      extensionTestsEnv: { TEST_REPORT: report },
      launchArgs: [workspace, '--disable-extensions'],
    });
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

process.exitCode = await main(process.argv[2]).catch(() => 1);
