import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { editorCache } from '../support/paths.mjs';
import { findProgram, run, runNode } from '../support/run.mjs';
import { say, warn } from '../support/say.mjs';

/** VS Code 1.139 with its server and its workbench, from npm; of its native parts the tests need none. */
const serverVersion = '4.139.1';
const serverFolder = join(editorCache, 'code-server');
const serverPackage = join(serverFolder, 'node_modules', 'code-server');
const serverScript = join(serverPackage, 'lib', 'vscode', 'out', 'server-main.js');

export const hasEditorServer = () => existsSync(serverScript);

/** The VS Code server for UI tests and `npm start`, and the desktop VS Code for the editor tests where it can run. */
export async function setUpEditors({ desktop = true } = {}) {
  await setUpServer();
  if (desktop) await setUpDesktop();
}

async function setUpServer() {
  if ((await installedServer()) === serverVersion) return say(`VS Code server: up to date (code-server ${serverVersion}).`);
  say(`VS Code server: npm install code-server@${serverVersion} into .vscode-test/ (about two minutes) …`);
  await mkdir(serverFolder, { recursive: true });
  await writeFile(join(serverFolder, 'package.json'), '{ "private": true }\n');
  const options = ['--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund', '--loglevel=error', '--no-package-lock'];
  const { code, output } = await run('npm', ['install', ...options, `code-server@${serverVersion}`], { cwd: serverFolder, quiet: true });
  if (code === 0 && hasEditorServer()) return say('VS Code server: installed.');
  warn(`the VS Code server could not be installed (npm ended with code ${code}); editor and UI tests will not run.\n${output.slice(-2000)}`);
}

async function installedServer() {
  if (!hasEditorServer()) return undefined;
  return JSON.parse(await readFile(join(serverPackage, 'package.json'), 'utf8')).version;
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
