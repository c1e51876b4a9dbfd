import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { editorCache, inProject } from '../support/paths.mjs';
import { findProgram, projectEnv, run, runNode } from '../support/run.mjs';
import { Failure, say, warn } from '../support/say.mjs';

/** VS Code 1.139 with its server and its workbench, from npm. Of its native parts one is built: the log's. */
const serverVersion = '4.139.1';
const serverFolder = join(editorCache, 'code-server');
const serverParts = join(serverFolder, 'node_modules', 'code-server', 'lib', 'vscode');
/** Written last; holds the version. */
const serverMark = join(serverFolder, 'complete');

export const hasEditorServer = () => existsSync(serverMark);

/** The VS Code server for UI tests and `npm start`, and the desktop VS Code for the editor tests where it can run. */
export async function setUpEditors({ desktop = true } = {}) {
  await setUpServer();
  if (desktop) await setUpDesktop();
}

async function setUpServer() {
  const installed = await readFile(serverMark, 'utf8').catch(() => undefined);
  if (installed === serverVersion) return say(`VS Code server: up to date (code-server ${serverVersion}).`);
  say(`VS Code server: npm install code-server@${serverVersion} into .vscode-test/ …`);
  await mkdir(serverFolder, { recursive: true });
  await rm(serverMark, { force: true });
  await writeFile(join(serverFolder, 'package.json'), '{ "private": true }\n');
  try {
    await npmInstall(serverFolder, '--no-package-lock', `code-server@${serverVersion}`);
    // Its own install script, which is skipped, would get the server's packages and compile some of them.
    await npmInstall(serverParts, '--omit=dev');
    await buildServerLog();
    await writeFile(serverMark, serverVersion);
    say('VS Code server: installed.');
  } catch (error) {
    warn(`the VS Code server could not be installed; editor and UI tests will not run. ${error.message}`);
  }
}

/** Without this native module output channels stay empty; all else works. Needs a C++ compiler, make and Python. */
async function buildServerLog() {
  const env = await headersEnvironment();
  const { code } = await run('npm', ['rebuild', '--loglevel=error', '@vscode/spdlog'], { cwd: serverParts, quiet: true, env });
  if (code !== 0) warn('the log of the VS Code server could not be compiled: output channels in it stay empty.');
}

/** The headers of our Node come from its package; elsewhere than on Linux the compiler's driver gets them itself. */
async function headersEnvironment() {
  if (process.platform !== 'linux') return projectEnv();
  const { version } = JSON.parse(await readFile(inProject('node_modules', 'node', 'package.json'), 'utf8'));
  const name = `node-linux-${process.arch}`;
  const folder = join(editorCache, 'headers');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  await npmInstall(folder, '--no-package-lock', `${name}@${version}`);
  return projectEnv({ npm_config_nodedir: join(folder, 'node_modules', name) });
}

async function npmInstall(cwd, ...args) {
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { code, output } = await run('npm', ['install', ...options, ...args], { cwd, quiet: true });
  if (code !== 0) throw new Failure(`npm install ended with code ${code}:\n${output.slice(-2000)}`);
}

/** Path of a desktop VS Code that was downloaded before, or `undefined`. */
export async function downloadedDesktop() {
  const names = existsSync(editorCache) ? await readdir(editorCache) : [];
  const programs = { linux: 'code', darwin: join('Visual Studio Code.app', 'Contents', 'MacOS', 'Electron'), win32: 'Code.exe' };
  const candidates = names.filter((name) => name.startsWith('vscode-')).map((name) => join(editorCache, name, programs[process.platform] ?? 'code'));
  return candidates.find((path) => existsSync(path));
}

/** Whether a window can be shown. */
export const hasDisplay = () => process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY || findProgram('xvfb-run'));

async function setUpDesktop() {
  if (!hasDisplay()) return say('Desktop VS Code: no display here, the server takes its place.');
  if (await downloadedDesktop()) return say('Desktop VS Code: there.');
  if (!(await canDownload())) return say('Desktop VS Code: cannot be downloaded here, the server takes its place.');
  say('Desktop VS Code: downloading …');
  const download = "import('@vscode/test-electron').then((t) => t.downloadAndUnzipVSCode('stable'))";
  const { code } = await runNode(['--input-type=module', '--eval', `await ${download}`], { quiet: true, timeout: 240_000 });
  say(code === 0 ? 'Desktop VS Code: installed.' : 'Desktop VS Code: the download failed, the server takes its place.');
}

async function canDownload() {
  try {
    const answer = await fetch('https://update.code.visualstudio.com/api/releases/stable', { signal: AbortSignal.timeout(5000) });
    return answer.ok;
  } catch {
    return false;
  }
}
