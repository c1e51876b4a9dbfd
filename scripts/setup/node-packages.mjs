import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { inProject, projectNode } from '../support/paths.mjs';
import { run } from '../support/run.mjs';
import { Failure, say } from '../support/say.mjs';

const npmOptions = ['--no-audit', '--no-fund', '--loglevel=error'];

/** Installs the dev dependencies when they are missing or differ from package-lock.json. */
export async function setUpNodePackages() {
  if (await areNodePackagesCurrent()) return say('Node packages: up to date.');
  if (existsSync(inProject('node_modules')) || (await npm('ci')) !== 0) {
    const code = await npm('install');
    if (code !== 0) throw new Failure(`"npm install" failed with code ${code}; its errors stand above.`);
  }
  if (!existsSync(projectNode)) await run('npm', ['rebuild', 'node', ...npmOptions], { env: process.env });
  if (!existsSync(projectNode)) throw new Failure('The package "node" did not bring Node 24: allow its install script and run "npm rebuild node".');
  say('Node packages: installed.');
}

async function npm(command) {
  say(`Node packages: npm ${command} …`);
  const { code } = await run('npm', [command, ...npmOptions], { env: process.env });
  return code;
}

async function areNodePackagesCurrent() {
  if (!existsSync(projectNode)) return false;
  const [wanted, installed] = await Promise.all([packagesOf('package-lock.json'), packagesOf('node_modules/.package-lock.json')]);
  const needed = Object.entries(wanted).filter(([path, entry]) => path !== '' && !entry.optional);
  return needed.every(([path, entry]) => installed[path]?.version === entry.version);
}

async function packagesOf(lockFile) {
  const text = await readFile(inProject(lockFile), 'utf8').catch(() => '{}');
  return JSON.parse(text).packages ?? {};
}
