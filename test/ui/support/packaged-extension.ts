import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from '../../vscode/host/installed-editor.ts';

let made: Promise<string> | undefined;

/** Path of the VSIX: the one that `VSIX` in the environment names, else packaged once for each test run as `npm run package` does it. */
export async function packagedExtension(): Promise<string> {
  const { VSIX: given } = process.env;
  made ??= given === undefined ? makePackage() : Promise.resolve(given);
  return made;
}

async function makePackage(): Promise<string> {
  const folder = join(projectFolder, 'test-results');
  const vsix = join(folder, 'iphone-backup.vsix');
  await mkdir(folder, { recursive: true });
  await promisify(execFile)(process.execPath, [join(projectFolder, 'scripts', 'package.mjs'), '--out', vsix], { cwd: projectFolder });
  return vsix;
}
