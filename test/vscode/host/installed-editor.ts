import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectFolder = fileURLToPath(new URL('../../../', import.meta.url));

const serverMain = join(projectFolder, '.vscode-test/code-server/node_modules/code-server/lib/vscode/out/server-main.js');

/** Script of the VS Code server that `npm run setup` brings. */
export function serverScript(): string {
  if (existsSync(serverMain)) return serverMain;
  throw new Error('The VS Code server is missing: run "npm run setup" first.');
}

const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Path of a Chromium of this computer; `CHROMIUM` in the environment comes first. */
export function browserProgram(): string {
  const folders = (process.env['PATH'] ?? '').split(':');
  const candidates = browsers.flatMap((name) => folders.map((folder) => join(folder, name)));
  const found = [process.env['CHROMIUM'] ?? '', ...candidates].find((path) => path !== '' && existsSync(path));
  if (found) return found;
  throw new Error(`No browser found: install one of ${browsers.join(', ')}, or name it in CHROMIUM.`);
}
