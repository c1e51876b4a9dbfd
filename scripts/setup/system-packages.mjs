import { existsSync } from 'node:fs';
import { findProgram, run } from '../support/run.mjs';
import { say, warn } from '../support/say.mjs';

/** Debian packages, what they bring (a program, or a file of theirs) and who needs them. */
const packages = [
  { name: 'libimobiledevice-utils', program: 'idevicebackup2', use: 'interop tests' },
  { name: 'ideviceinstaller', program: 'ideviceinstaller', use: 'interop tests' },
  { name: 'libusbmuxd-tools', program: 'iproxy', use: 'interop tests' },
  { name: 'sqlite3', program: 'sqlite3', use: 'interop tests' },
  { name: 'chromium', program: 'chromium', use: 'editor and UI tests' },
  { name: 'g++', program: 'g++', use: 'the log of the VS Code server' },
  { name: 'make', program: 'make', use: 'the log of the VS Code server' },
  { name: 'python3', program: 'python3', use: 'the log of the VS Code server' },
  { name: 'fonts-noto-cjk', file: '/usr/share/fonts/opentype/noto', use: 'pictures of the UI' },
  { name: 'fonts-noto-color-emoji', file: '/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf', use: 'pictures of the UI' },
];

const isMissing = ({ program, file }) => (program ? findProgram(program) === undefined : process.platform === 'linux' && !existsSync(file));

/** Installs the missing packages where it may, else names them one by one. A failure is no end: the tests say what they lack. */
export async function setUpSystemPackages() {
  const missing = packages.filter(isMissing);
  if (missing.length === 0) return say('System packages: complete.');
  if (findProgram('apt-get') && process.getuid?.() === 0) await install(missing);
  for (const { name, use } of missing.filter(isMissing)) warn(`the package ${name} is missing (${use}): ${advice(name)}`);
}

const advice = (name) => (findProgram('apt-get') ? `sudo apt-get install ${name}` : 'install it as your system does.');

async function install(missing) {
  const names = missing.map(({ name }) => name);
  say(`System packages: apt-get install ${names.join(' ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const aptInstall = (list) => run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...list], { env, quiet: true });
  await run('apt-get', ['update', '-qq'], { env, quiet: true });
  const together = await aptInstall(names);
  if (together.code === 0) return say('System packages: installed.');
  // One package that this system does not have must not keep the others away.
  for (const name of names) await aptInstall([name]);
}
